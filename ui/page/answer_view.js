// One turn -> its answer: a headline if it is sure, what differs, what a model wrote, and quotes with
// markers, which open their sources in the pane.

export default function ({ data, parentElement, setTriggerValue }) {
  const { newest, ...turn } = data;
  const drawn = JSON.stringify(turn);
  if (parentElement.drawn !== drawn) {
    const isNew = !parentElement.drawn;
    parentElement.drawn = drawn;
    parentElement.querySelector(".turn")?.remove();
    const root = drawTurn({ ...turn, newest }, (name) => setTriggerValue(name, true));
    parentElement.append(root);
    if (newest) announce(root, turn.announcement);
    // What was written to an answer that stands there already moves nothing.
    if (newest && isNew) keepInView("start", root);
  }
  parentElement.unfollow?.();
  const unfollow = [
    listen("dateline-opened", (opened) => markOpened(parentElement, turn.turn, opened)),
    listen("dateline-written", (told) => addWritten(parentElement, turn, told)),
  ];
  parentElement.unfollow = () => unfollow.forEach((leave) => leave());
  return parentElement.unfollow;
}

function listen(name, hear) {
  const heard = ({ detail }) => hear(detail);
  addEventListener(name, heard);
  return () => removeEventListener(name, heard);
}

function drawTurn(data, press) {
  const root = make("div", data.newest ? "turn newest" : "turn");
  root.dataset.turn = data.turn;
  root.dataset.status = data.status;
  root.dataset.certainty = data.certainty ?? "none";
  const answer = make("div", "answer");
  const draw = { answered: drawAnswer, not_in_archive: drawSilence, problem: drawProblem };
  const tools = { told: announcer(), press, ...openers(data) };
  answer.append(...draw[data.status](data, tools));
  root.append(tools.told, answer);
  return root;
}

// A live region announces what is added to it, not what it came with.
function announce(root, line) {
  setTimeout(() => (root.querySelector(".announced").textContent = line), 300);
}

// What opens articles in the pane: markers of sources, and buttons of articles that are only named.
function openers({ turn, sources = [] }) {
  const places = new Map(sources.map(({ number }, place) => [number, place]));
  return {
    marker({ number, byline }) {
      const marker = button("marker", `[${number}]`, () => {
        openInPane({ turn, sources, place: places.get(number), opener: marker });
      });
      marker.dataset.number = number;
      marker.setAttribute("aria-expanded", "false");
      marker.setAttribute("aria-label", `[${number}] Show the source: ${byline}`);
      return marker;
    },
    named({ article, label }, className = "link") {
      const opener = button(className, label, () => {
        openInPane({ turn, wanted: { turn, article }, label, opener });
      });
      opener.dir = "auto";
      return opener;
    },
  };
}

function markOpened(parent, turn, opened) {
  const numbers = opened.filter((one) => one.turn === turn).map((one) => String(one.number));
  for (const marker of parent.querySelectorAll(".marker")) {
    marker.setAttribute("aria-expanded", String(numbers.includes(marker.dataset.number)));
  }
}

function drawAnswer(data, tools) {
  const written = [
    ...(data.written.length || data.writing || data.remark ? [drawWritten(data, tools)] : []),
    ...(data.unsupported.length ? [drawUnsupported(data.unsupported)] : []),
  ];
  const certainty = textOf("p", "certainty", data.certainty_means);
  const parts = [...drawLead(data), ...drawHeadline(data), certainty];
  if (data.values.length) parts.push(drawValues(data.values, tools));
  parts.push(...written);
  if (written.length) parts.push(make("h3", "", "Quotes"));
  for (const part of data.parts) parts.push(...drawPart(part, tools));
  return [...parts, drawFoot(data, tools), drawFootnotes(data)];
}

// What is said of all the quotes below, or in place of any: a paragraph for each of its lines.
function drawLead({ lead }) {
  return lead.split("\n").filter(Boolean).map((line) => textOf("p", "lead", line));
}

// The date that a when-question asks for and the few words that answer; nothing if it is not sure.
function drawHeadline({ headline }) {
  if (!headline) return [];
  const { day, follows, short, hedge } = headline;
  const line = make("div", "answers");
  if (hedge) line.append(make("span", "hedge", `${hedge} `));
  if (day) line.append(make("span", "hidden", "Date: "), textOf("span", "day", day));
  if (short) {
    const text = make("div", "short");
    text.append(make("span", "hidden", "Short answer: "), textOf("span", "", short));
    line.append(text);
  }
  if (follows) line.append(textOf("div", "follows", `Worked out from ${follows}`));
  return [line];
}

// One thing that was asked: under its own words if there are several.
function drawPart({ question, lead, statements, also_found: others }, tools) {
  const parts = [];
  if (question) parts.push(textOf("h3", "asked", question));
  parts.push(...drawLead({ lead }));
  if (!statements.length) parts.push(make("p", "silent", "The archive does not say."));
  parts.push(...statements.map((statement) => drawStatement(statement, tools)));
  if (others.length) parts.push(drawOthers(others, tools));
  return parts;
}

// Quotes about other events and values that hold no more: each folded to its headline.
function drawOthers(others, tools) {
  const section = make("section", "others");
  section.append(make("h3", "", "Also found"));
  for (const statement of others) {
    const details = make("details", "other");
    const summary = make("summary", "");
    summary.append(textOf("span", "headline", statement.title));
    summary.append(" ", textOf("span", "byline", statement.byline), ...drawStates(statement));
    details.append(summary, drawStatement(statement, tools, { isFolded: true }));
    section.append(details);
  }
  return section;
}

// The values that were found, newest first, with their days and sources.
function drawValues(values, { marker }) {
  const table = make("table", "values");
  table.append(make("caption", "", "Who reported what, newest first"));
  const head = make("tr", "");
  const heads = ["Value", "Reported", "Quotes"].map((name) => make("th", "", name));
  for (const one of heads) one.scope = "col";
  head.append(...heads);
  table.append(head);
  for (const { text, status, days, sources, outlets, citations } of values) {
    const row = make("tr", status ? "older" : "");
    const cell = make("td", "value");
    cell.append(textOf("span", "", text));
    if (status) cell.append(textOf("div", "byline", status));
    const reported = make("td", "", days);
    reported.append(textOf("div", "byline", outlets ? `${sources}: ${outlets}` : sources));
    const quotes = make("td", "numbers");
    quotes.append(...citations.map(marker));
    row.append(cell, reported, quotes);
    table.append(row);
  }
  return table;
}

// What is said of the writing stands in the room of the text, so that the quotes stay where they are.
function drawWritten({ turn, written, writing, remark }, tools) {
  const section = make("section", "written");
  const text = make("p", "prose");
  text.dir = "auto";
  const early = globalThis.datelineWritten;
  fillWritten(text, writing && early?.turn === turn ? early.written : written, tools);
  if (remark && !writing) text.append(textOf("span", "remark", remark));
  const origin = writing
    ? "A language model is writing; each sentence is checked against the quotes below. "
    : !written.length
    ? ""
    : "Written by a language model; each sentence was checked against the quotes below.";
  const line = make("p", "byline", origin);
  if (writing) line.append(button("link", "Stop writing", () => tools.press("stop")));
  section.append(text, line);
  return section;
}

function fillWritten(text, sentences, { marker }) {
  text.replaceChildren();
  for (const sentence of sentences) {
    addText(text, sentence.text);
    text.append(attached(sentence.citations.map(marker)), " ");
  }
}

// While a language model writes, what stands so far comes in place of what stood before.
function addWritten(parent, data, { turn, written }) {
  const text = parent.querySelector(".prose");
  if (data.writing && turn === data.turn && text) fillWritten(text, written, openers(data));
}

function drawUnsupported(sentences) {
  const details = make("details", "unsupported");
  const list = make("ul", "");
  for (const { text, problems } of sentences) {
    const item = make("li", "");
    item.append(textOf("p", "claim", text));
    if (problems) item.append(textOf("p", "byline", `Not shown as fact: ${problems}`));
    list.append(item);
  }
  const title = `Not supported by the sources (${sentences.length})`;
  const origin = "A language model wrote this, and the quotes it names do not carry it.";
  details.append(make("summary", "", title), make("p", "byline", origin), list);
  return details;
}

function drawStatement(statement, tools, { isFolded = false } = {}) {
  const figure = make("figure", `statement ${statement.state}`);
  const quote = make("blockquote", "quote");
  const [before, marked, after] = statement.quote;
  const text = markedText("words", [`“${before}`, marked, `${after}”`]);
  quote.append(text, attached([tools.marker(statement)]));
  const caption = make("figcaption", "");
  if (!isFolded) {
    const head = make("div", "head");
    head.append(textOf("span", "headline", statement.title), ...drawStates(statement));
    caption.append(head);
  }
  if (statement.genre) caption.append(make("div", "genre", statement.genre));
  if (statement.is_headline)
    caption.append(make("div", "genre", "The headline says this. The sentence stands below it."));
  if (!isFolded) caption.append(textOf("div", "byline", statement.byline));
  for (const day of statement.days) caption.append(textOf("div", "byline happened", day));
  caption.append(...drawAround(statement, tools));
  figure.append(quote, caption);
  return figure;
}

// Markers that stay on the line of the word before them.
function attached(markers) {
  const span = make("span", "attached");
  for (const marker of markers) span.append("\u00a0", marker);
  return span;
}

function drawStates({ state, value_status: status }) {
  return [...drawState(state), ...(status ? [textOf("span", "state value", status)] : [])];
}

// What its editors say of an article, and who else carries it: copies are no further sources.
function drawAround({ note, copies, more_copies: more }, { named }) {
  const parts = note ? [drawNote("div", note)] : [];
  if (!copies.length) return parts;
  const line = make("div", "byline copies", "Also carried by: ");
  for (const [place, copy] of copies.entries()) line.append(place ? ", " : "", named(copy));
  line.append(`${more ? ` and ${more} more` : ""}; counted as one source`);
  return [...parts, line];
}

// What was searched and how long it took, the answer to copy, and a way to ask of all dates. For a
// turn that asked nothing, nothing was searched.
function drawFoot(data, { told, press }) {
  const foot = make("div", "foot");
  const took = data.took ? ` ${data.took}` : "";
  if (data.searched) foot.append(make("p", "searched", `Searched: ${data.searched}.${took}`));
  const actions = make("div", "actions");
  if (data.copied) actions.append(copyButton("Copy with footnotes", data.copied, told));
  if (data.offers_all_dates) {
    const all = button("plain", "Search all dates", () => {
      if (all.getAttribute("aria-disabled")) return;
      all.setAttribute("aria-disabled", "true");
      press("all_dates");
    });
    all.setAttribute("aria-label", `Search all dates for “${data.question}”`);
    actions.append(all);
  }
  if (actions.children.length) foot.append(actions);
  return foot;
}

// On paper nothing can be opened: the sources stand below the answer.
function drawFootnotes({ sources }) {
  const list = make("ul", "footnotes");
  for (const { number, footnote } of sources) {
    list.append(textOf("li", "", `[${number}] ${footnote}`));
  }
  return list;
}

function drawSilence(data, tools) {
  const said = data.lead ? drawLead(data) : [make("h3", "silence", "The archive does not say")];
  const parts = [...said, drawFoot(data, tools)];
  if (data.nothing_nearest) parts.push(make("p", "", data.nothing_nearest));
  if (data.nearest.length) {
    const list = make("ul", "nearest");
    list.append(...data.nearest.map((hit) => drawNearest(hit, tools)));
    parts.push(make(data.lead ? "h3" : "h4", "", "Nearest, but not an answer"), list);
  }
  return parts;
}

function drawNearest(hit, tools) {
  const item = make("li", "");
  const head = make("div", "head");
  const title = tools.named({ article: hit.article, label: hit.title }, "link headline");
  head.append(title, ...drawState(hit.state));
  item.append(head, textOf("div", "byline", hit.byline));
  item.append(...drawAround(hit, tools), textOf("p", "excerpt", hit.excerpt));
  return item;
}

function drawProblem(data) {
  return [make("h3", "", "This could not be answered"), textOf("p", "", data.problem)];
}

// Streamlit follows the foot of the page while it grows, and would scroll past what is new. It does
// so in steps and anew, so this holds until nothing has moved for some frames, or the person does.
function keepInView(block, element) {
  const end = performance.now() + 5000;
  let free = false;
  let still = 0;
  const release = () => (free = true);
  for (const input of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(input, release, { once: true, passive: true });
  }
  const keep = () => {
    if (free || still > 40 || performance.now() > end) return;
    const before = element.getBoundingClientRect().top;
    element.scrollIntoView({ block, behavior: "instant" });
    still = element.getBoundingClientRect().top === before ? still + 1 : 0;
    requestAnimationFrame(keep);
  };
  requestAnimationFrame(keep);
}
