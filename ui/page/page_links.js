// Links to articles on other pages of this site. An ordinary click opens the page in this session, with
// the trigger that `open` sets; the address is there for a new tab, and to be copied.

function pageLink(label, query, open) {
  const link = textOf("a", "page-link", label);
  link.href = `article?${new URLSearchParams(query)}`;
  link.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(query);
  });
  return link;
}
