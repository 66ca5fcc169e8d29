// One turn -> its answer: quotes with citation markers, and under a quote the card of its source.
//
// Text of articles and people is only ever set with textContent. Keep it so: innerHTML, or any
// attribute but href of a checked address, would let an article run code or fetch something.

export default function ({ data, parentElement }) {
  let root = parentElement.querySelector(".turn");
  if (!root || root.dataset.turn !== String(data.turn)) {
    root?.remove();
    root = drawTurn(data);
    parentElement.append(root);
  }
  root.querySelector(".answer").setAttribute("aria-live", data.newest ? "polite" : "off");
}

function drawTurn(data) {
  const root = make("div", "turn");
  root.dataset.turn = data.turn;
  root.dataset.status = data.status;
  const answer = make("div", "answer");
  root.append(answer);
  const cards = openCards(root, data.sources);
  const draw = { answered: drawAnswer, not_in_archive: drawSilence, problem: drawProblem };
  // A live region announces what is added to it, not what it came with.
  requestAnimationFrame(() => {
    answer.append(...draw[data.status](data, cards));
    if (data.newest) keepInView("start", root);
  });
  return root;
}

function drawAnswer(data, cards) {
  const parts = data.statements.map((statement) => drawStatement(statement, cards));
  if (data.also_found.length) {
    const others = make("section", "others");
    others.append(make("h3", "", "Also found"));
    others.append(...data.also_found.map((statement) => drawStatement(statement, cards)));
    parts.push(others);
  }
  return [...parts, make("p", "searched", `Searched: ${data.searched}.`)];
}

function drawStatement(statement, cards) {
  const figure = make("figure", "statement");
  const quote = make("blockquote", "quote");
  quote.append(textOf("span", "", `“${statement.quote}”`), "\u00a0", cards.marker(statement));
  const caption = make("figcaption", "");
  caption.append(textOf("div", "headline", statement.title));
  caption.append(textOf("div", "byline", statement.byline));
  figure.append(quote, caption);
  return figure;
}

function drawSilence(data) {
  const parts = [
    make("h3", "silence", "The archive does not say"),
    make("p", "searched", `Searched: ${data.searched}.`),
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
  item.append(textOf("p", "excerpt", hit.excerpt));
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
    marker.closest(".statement").after(card);
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
  const button = make("button", "close", "Close");
  button.type = "button";
  button.setAttribute("aria-label", `Close source ${number}`);
  button.addEventListener("click", close);
  head.append(textOf("h3", "title", `[${number}] ${source.title}`), button);
  card.append(head, textOf("p", "byline", source.byline));
  if (source.authors) card.append(textOf("p", "byline", `By ${source.authors}`));
  if (source.address) card.append(linkTo(source.address));
  else if (source.path) card.append(textOf("p", "byline", `From the file ${source.path}`));
  const text = textOf("div", "article", source.before);
  text.append(make("mark", "", source.quote), source.after);
  text.tabIndex = 0;
  text.setAttribute("role", "region");
  text.setAttribute("aria-label", "The article, with the quote marked");
  card.append(text);
  return card;
}

function showQuote(card) {
  card.focus({ preventScroll: true });
  keepInView("nearest", card.previousElementSibling, card);
  const text = card.querySelector(".article");
  const mark = card.querySelector("mark");
  text.scrollTop = mark.offsetTop - text.clientHeight / 3;
}

// Streamlit follows the foot of the page while it grows, and would scroll past what is new.
// Where not all fit, the last of them does.
function keepInView(block, ...elements) {
  const end = performance.now() + 600;
  let free = false;
  const release = () => (free = true);
  for (const input of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(input, release, { once: true, passive: true });
  }
  const keep = () => {
    if (free || performance.now() > end) return;
    for (const element of elements) element.scrollIntoView({ block });
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
