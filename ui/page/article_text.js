// One article on a page of its own: facts, notes, other texts and copies, and its text with a place
// marked and scrolled to. Earlier texts and copies open with the trigger "open".

export default function ({ data, parentElement, setTriggerValue }) {
  const shown = JSON.stringify(data);
  if (parentElement.shownArticle === shown) return;
  parentElement.shownArticle = shown;
  parentElement.querySelector(".turn")?.remove();
  const root = drawArticle(data, (query) => setTriggerValue("open", query));
  parentElement.append(root);
  document.fonts.load('1rem "Source Serif"').finally(() => showMark(root));
}

function drawArticle(data, open) {
  const root = make("article", "turn");
  if (data.language) root.lang = data.language;
  const told = announcer();
  const head = make("header", "head");
  head.append(textOf("h2", "title", data.title));
  const facts = make("p", "facts");
  for (const fact of data.facts) facts.append(textOf("span", "fact", fact));
  head.append(...drawState(data.state), facts);
  if (data.genre) head.append(make("p", "genre", data.genre));
  if (data.version) head.append(make("p", "note", data.version));
  for (const line of data.withheld) head.append(textOf("p", "note withheld", line));
  for (const note of data.note.split("\n")) if (note.trim()) head.append(drawNote("p", note));
  if (data.address) head.append(linkTo(data.address, "Open the original at"));
  head.append(
    ...drawOthers("Other texts of this article", data.versions, open),
    ...drawOthers("Copies of this story, counted as one source with it", data.copies, open),
  );
  root.append(head, told, drawText(data.text));
  return root;
}

function drawOthers(label, others, open) {
  if (!others.length) return [];
  const section = make("section", "others");
  section.append(make("h3", "", label));
  const list = make("ul", "plainly");
  for (const other of others) {
    const item = make("li");
    item.append(pageLink(other.label, other.query, open));
    list.append(item);
  }
  section.append(list);
  return [section];
}

function drawText([before, marked, after]) {
  const text = textOf("div", "text", before);
  if (marked) text.append(make("mark", "", marked));
  addText(text, after);
  return text;
}

function showMark(root) {
  const mark = root.querySelector("mark");
  if (!mark?.isConnected) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  mark.scrollIntoView({ block: "center", behavior: still ? "instant" : "smooth" });
}
