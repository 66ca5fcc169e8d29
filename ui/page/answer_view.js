// One turn -> its answer: date, short answer, what a model wrote, quotes with citation markers, and
// under what cites it the card of a source.
//
// Text of articles, models and people is only ever set with textContent. Keep it so: innerHTML, or any
// attribute but href of a checked address, would let an article run code or fetch something.

export default function ({ data, parentElement, setTriggerValue }) {
  let root = parentElement.querySelector(".turn");
  if (!root || root.dataset.turn !== String(data.turn)) {
    root?.remove();
    root = drawTurn(data, () => setTriggerValue("all_dates", true));
    parentElement.append(root);
  }
  root.querySelector(".answer").setAttribute("aria-live", data.newest ? "polite" : "off");
}

function drawTurn(data, askAllDates) {
  const root = make("div", "turn");
  root.dataset.turn = data.turn;
  root.dataset.status = data.status;
  root.dataset.certainty = data.certainty ?? "none";
  const answer = make("div", "answer");
  root.append(answer);
  const tools = { cards: openCards(root, data.sources), askAllDates };
  const draw = { answered: drawAnswer, not_in_archive: drawSilence, problem: drawProblem };
  // A live region announces what is added to it, not what it came with.
  requestAnimationFrame(() => {
    answer.append(...draw[data.status](data, tools));
    if (data.newest) keepInView("start", root);
  });
  return root;
}

function drawAnswer(data, { cards, askAllDates }) {
  const written = [
    ...(data.written.length ? [drawWritten(data.written, cards)] : []),
    ...(data.unsupported.length ? [drawUnsupported(data.unsupported)] : []),
  ];
  const parts = [...drawInBrief(data), drawCertainty(data), ...written];
  if (data.values.length) parts.push(drawValues(data.values, cards));
  if (written.length) parts.push(make("h3", "", "Quotes"));
  parts.push(...data.statements.map((statement) => drawStatement(statement, cards)));
  parts.push(
    ...data.silent.map((question) => textOf("p", "silent", `${question} The archive does not say.`)),
  );
  if (data.also_found.length) {
    const others = make("section", "others");
    others.append(make("h3", "", "Also found"));
    others.append(...data.also_found.map((statement) => drawStatement(statement, cards)));
    parts.push(others);
  }
  return [...parts, drawSearched(data, askAllDates)];
}

function drawCertainty({ certainty_means: means }) {
  return textOf("p", "certainty", means);
}

// The date that a when-question asks for, and the few words that answer.
function drawInBrief({ when, short }) {
  const parts = [];
  if (when) {
    const line = make("p", "when");
    line.append(make("span", "hidden", "Date: "), textOf("span", "day", when.day));
    if (when.follows) line.append(" ", textOf("span", "follows", `Worked out from ${when.follows}`));
    parts.push(line);
  }
  if (short) {
    const line = make("p", "short");
    line.append(make("span", "hidden", "Short answer: "), textOf("span", "", short));
    parts.push(line);
  }
  return parts;
}

// The values that were found, newest first, with their days and sources.
function drawValues(values, cards) {
  const table = make("table", "values");
  table.append(make("caption", "", "Who reported what, newest first"));
  const head = make("tr", "");
  head.append(...["Value", "Reported", "Independent sources", "Quotes"].map((name) => make("th", "", name)));
  table.append(head);
  for (const { text, status, days, sources, outlets, citations } of values) {
    const row = make("tr", status ? "older" : "");
    const cell = textOf("td", "", text);
    if (status) cell.append(" ", make("span", "byline", `(${status})`));
    const quotes = make("td", "");
    quotes.append(...citations.flatMap((cited) => [cards.marker(cited), "\u00a0"]));
    const from = make("td", "", sources);
    if (outlets) from.append(textOf("div", "byline", outlets));
    row.append(cell, make("td", "", days), from, quotes);
    table.append(row);
  }
  return table;
}

function drawWritten(sentences, cards) {
  const section = make("section", "written");
  const text = make("p", "");
  text.dir = "auto";
  for (const sentence of sentences) {
    const markers = sentence.citations.flatMap((cited) => ["\u00a0", cards.marker(cited)]);
    text.append(sentence.text, ...markers, " ");
  }
  const origin = "Written by a language model; each sentence was checked against the quotes below.";
  section.append(text, make("p", "byline", origin));
  return section;
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

// What was searched, and where the question's own dates restricted it, a way to ask without them.
function drawSearched(data, askAllDates) {
  const line = make("p", "searched", `Searched: ${data.searched}.`);
  if (!data.offers_all_dates) return line;
  const button = make("button", "plain", "Search all dates");
  button.type = "button";
  button.setAttribute("aria-label", `Search all dates for “${data.question}”`);
  const press = () => {
    button.setAttribute("aria-disabled", "true");
    askAllDates();
  };
  button.addEventListener("click", press, { once: true });
  line.append(" ", button);
  return line;
}

function drawStatement(statement, cards) {
  const figure = make("figure", "statement");
  const quote = make("blockquote", "quote");
  const text = textOf("span", "", "“");
  const [before, marked, after] = statement.quote;
  text.append(before, ...(marked ? [make("mark", "", marked)] : []), `${after}”`);
  quote.append(text, "\u00a0", cards.marker(statement));
  const caption = make("figcaption", "");
  caption.append(textOf("div", "headline", statement.title));
  if (statement.genre) caption.append(make("div", "genre", statement.genre));
  if (statement.is_headline)
    caption.append(make("div", "genre", "The headline says this. The sentence stands below it."));
  caption.append(textOf("div", "byline", statement.byline), ...drawAround(statement));
  figure.append(quote, caption);
  return figure;
}

// What its editors say of an article, and who else carries it: copies are no further sources.
function drawAround({ note, copies }) {
  const parts = [];
  if (note) parts.push(drawNote("div", note));
  if (copies) {
    parts.push(textOf("div", "byline", `Also carried by: ${copies}; counted as one source`));
  }
  return parts;
}

function drawNote(tag, note) {
  const line = make(tag, "note");
  const saysWhatItIs = /^\W*(corrected|correction|withdrawn|editor)/i.test(note);
  if (!saysWhatItIs) line.append(make("strong", "", "Editors’ note: "));
  line.append(textOf("span", "", note));
  return line;
}

function drawSilence(data, { askAllDates }) {
  const parts = [
    make("h3", "silence", "The archive does not say"),
    drawSearched(data, askAllDates),
  ];
  if (data.nothing_nearest) parts.push(make("p", "", data.nothing_nearest));
  if (data.nearest.length) {
    const list = make("ul", "nearest");
    list.append(...data.nearest.map(drawNearest));
    parts.push(make("h4", "", "Nearest, but not an answer"), list);
  }
  return parts;
}

function drawNearest(hit) {
  const item = make("li", "");
  item.append(textOf("div", "headline", hit.title), textOf("div", "byline", hit.byline));
  item.append(...drawAround(hit), textOf("p", "excerpt", hit.excerpt));
  if (hit.address) item.append(linkTo(hit.address));
  return item;
}

function drawProblem(data) {
  return [make("h3", "", "This could not be answered"), textOf("p", "", data.problem)];
}

// The markers of a turn and its one card, which opens under the quote.
function openCards(root, sources) {
  let opened = null;

  function close() {
    if (!opened) return;
    const { marker, card } = opened;
    opened = null;
    marker.setAttribute("aria-expanded", "false");
    if (card.matches(":focus-within")) marker.focus();
    card.remove();
  }

  function toggle(marker, number) {
    const again = opened?.marker === marker;
    close();
    if (again) return;
    const card = drawCard(number, sources[number], close);
    opened = { marker, card };
    marker.setAttribute("aria-expanded", "true");
    marker.closest(".statement, .written").after(card);
    showQuote(card);
  }

  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });

  return {
    marker({ number, byline }) {
      const marker = make("button", "marker", `[${number}]`);
      marker.type = "button";
      marker.setAttribute("aria-expanded", "false");
      marker.setAttribute("aria-label", `[${number}] Show the source: ${byline}`);
      marker.addEventListener("click", () => toggle(marker, number));
      return marker;
    },
  };
}

function drawCard(number, source, close) {
  const card = make("section", "card");
  card.tabIndex = -1;
  card.setAttribute("aria-label", `Source ${number}`);
  card.setAttribute("aria-live", "off"); // it takes the focus, and need not be announced too
  const head = make("div", "head");
  const button = make("button", "plain", "Close");
  button.type = "button";
  button.setAttribute("aria-label", `Close source ${number}`);
  button.addEventListener("click", close);
  head.append(textOf("h3", "title", `[${number}] ${source.title}`), button);
  card.append(head, textOf("p", "byline", source.byline));
  if (source.authors) card.append(textOf("p", "byline", `By ${source.authors}`));
  if (source.address) card.append(linkTo(source.address));
  else if (source.path) card.append(textOf("p", "byline", `From the file ${source.path}`));
  if (source.note) card.append(drawNote("p", source.note));
  const text = textOf("div", "article", source.before);
  text.append(make("mark", "", source.quote), source.after);
  text.tabIndex = 0;
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", "The article, with the quote marked");
  card.append(text, ...drawAround({ copies: source.copies }));
  return card;
}

function showQuote(card) {
  card.focus({ preventScroll: true });
  const text = card.querySelector(".article");
  keepInView("nearest", card.previousElementSibling, card, text);
  const mark = text.querySelector("mark");
  text.scrollTop = mark.offsetTop - text.clientHeight / 3;
}

// Streamlit follows the foot of the page while it grows, and would scroll past what is new. It does
// so in steps and anew, so this holds until nothing has moved for some frames, or the person does.
// Where not all fit, the last of them does.
function keepInView(block, ...elements) {
  const end = performance.now() + 5000;
  const last = elements.at(-1);
  let free = false;
  let still = 0;
  const release = () => (free = true);
  for (const input of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(input, release, { once: true, passive: true });
  }
  const keep = () => {
    if (free || still > 40 || performance.now() > end) return;
    const before = last.getBoundingClientRect().top;
    for (const element of elements) element.scrollIntoView({ block });
    still = last.getBoundingClientRect().top === before ? still + 1 : 0;
    requestAnimationFrame(keep);
  };
  requestAnimationFrame(keep);
}

function linkTo({ href, host }) {
  const link = make("a", "original", `Read the original at ${host}`);
  // Checked before it was sent; checked again here, where it would do harm.
  if (/^https?:\/\//i.test(href)) link.href = href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.append(make("span", "hidden", " (opens in a new tab)"));
  return link;
}

// Text that may be in any script and direction.
function textOf(tag, className, text) {
  const element = make(tag, className, text);
  element.dir = "auto";
  return element;
}

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}
