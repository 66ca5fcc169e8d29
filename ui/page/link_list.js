// A list of days and links to articles. A link opens its article with the trigger "open".

export default function ({ data, parentElement, setTriggerValue }) {
  const shown = JSON.stringify(data);
  if (parentElement.shownList === shown) return;
  parentElement.shownList = shown;
  parentElement.querySelector(".turn")?.remove();
  const open = (query) => setTriggerValue("open", query);
  const root = make("div", "turn");
  const list = make("ol", "entries");
  list.setAttribute("aria-label", data.label);
  list.append(...data.entries.map((entry) => drawEntry(entry, open)));
  root.append(list);
  parentElement.append(root);
}

function drawEntry(entry, open) {
  const item = make("li", "entry");
  const told = make("div", "told");
  const link = pageLink(entry.link.label, entry.link.query, open);
  if (entry.is_quote) link.classList.add("quote");
  told.append(link);
  if (entry.mark) told.append(make("span", "state", entry.mark));
  if (entry.lines.length) {
    const lines = make("p", "byline");
    for (const line of entry.lines) lines.append(textOf("span", "fact", line));
    told.append(lines);
  }
  if (entry.others.length) told.append(drawOthers(entry, open));
  item.append(textOf("span", "day", entry.day), told);
  return item;
}

function drawOthers(entry, open) {
  const others = make("p", "byline others");
  others.append(`${entry.others_are} `);
  for (const other of entry.others) others.append(pageLink(other.label, other.query, open), " ");
  return others;
}
