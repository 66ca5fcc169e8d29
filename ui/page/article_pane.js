// The pane in which articles are read: one for the page, opened by window events of the answers.
//
// On a wide screen it stands beside the page and may hold two articles; on a narrow one it is a sheet
// over the page. What travels with an answer is shown at once. Other articles are asked of the server
// with the trigger "wanted", and come back as `data.opened`.

const NARROW = matchMedia("(max-width: 999px)");
const TWO_FIT = matchMedia("(min-width: 1200px)");

export default function ({ data, parentElement, setTriggerValue }) {
  let pane = parentElement.pane;
  if (!pane) {
    pane = parentElement.pane = new Pane();
    parentElement.append(pane.dialog);
    // The face of quotes, which would else come after the first answer and move it.
    document.fonts.load('1rem "Source Serif"');
  }
  pane.ask = (wanted) => setTriggerValue("wanted", wanted);
  pane.receive(data.opened);
  return () => pane.remove();
}

class Pane {
  constructor() {
    this.views = []; // what is shown, from left to right; at most two
    this.known = new Map(); // articles that came from the server
    this.opener = null;
    this.isComparing = false;
    this.dialog = make("dialog", "pane");
    this.dialog.setAttribute("aria-label", "Article");
    this.told = announcer();
    this.columns = make("div", "columns");
    this.dialog.append(this.told, this.columns);
    this.listeners = new AbortController();
    const { signal } = this.listeners;
    addEventListener("dateline-open", ({ detail }) => this.open(detail), { signal });
    addEventListener("dateline-forget", () => this.close(), { signal });
    addEventListener("keydown", (event) => this.pressed(event), { signal });
    NARROW.addEventListener("change", () => this.refit(), { signal });
    TWO_FIT.addEventListener("change", () => this.refit(), { signal });
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close();
    });
  }

  remove() {
    this.listeners.abort();
    this.dialog.remove();
    delete document.documentElement.dataset.pane;
  }

  // `opener` is the element that gets the focus back. A request has `sources` and the `place` of one
  // of them, or `wanted`, the key of an article that an answer names.
  open(request) {
    if (request.opener) this.opener = request.opener;
    const view = { ...request, from: request.from ?? null };
    const place = this.isComparing && this.views.length ? 1 : 0;
    this.views[place] = view;
    this.fill(view);
    this.draw(place);
  }

  fill(view) {
    if (view.sources) {
      view.article = view.sources[view.place];
      return;
    }
    view.article = this.known.get(keyOf(view.wanted)) ?? null;
    if (!view.article) this.ask(view.wanted);
  }

  receive(opened) {
    if (!opened) return;
    const { wanted, ...article } = opened;
    if (!article.problem) this.known.set(keyOf(wanted), article);
    for (const [place, view] of this.views.entries()) {
      if (view.article || !view.wanted || keyOf(view.wanted) !== keyOf(wanted)) continue;
      view.article = article;
      this.draw(place);
    }
  }

  close() {
    if (!this.dialog.open) return;
    this.views = [];
    this.isComparing = false;
    this.dialog.close();
    delete document.documentElement.dataset.pane;
    tellOpened(null);
    if (this.opener?.isConnected) this.opener.focus({ preventScroll: true });
  }

  closeSecond() {
    this.isComparing = false;
    this.views.length = 1;
    this.draw(0);
  }

  compare() {
    if (this.isComparing) {
      this.closeSecond();
      return;
    }
    this.isComparing = true;
    const [first] = this.views;
    const next = other(first);
    if (next) this.open(next);
    else this.draw(0);
  }

  // Escape closes what is open, wherever a person reads; in a field it is the field's.
  pressed(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !this.dialog.open) return;
    const target = event.composedPath()[0];
    if (target instanceof Element && target.closest("input, textarea, [role=listbox]")) return;
    event.preventDefault();
    if (this.views.length > 1) this.closeSecond();
    else this.close();
  }

  refit() {
    if (!this.dialog.open) return;
    if (!TWO_FIT.matches && this.views.length > 1) this.closeSecond();
    this.dialog.close();
    this.show();
  }

  show() {
    if (!this.dialog.open) {
      if (NARROW.matches) this.dialog.showModal();
      else this.dialog.show();
    }
    document.documentElement.dataset.pane = this.views.length > 1 ? "two" : "one";
  }

  draw(focused) {
    this.columns.replaceChildren(...this.views.map((view, place) => this.drawColumn(view, place)));
    this.show();
    const column = this.columns.children[focused];
    column.focus({ preventScroll: true });
    for (const one of this.columns.children) scrollToQuote(one);
    tellOpened(this.views.map(({ turn, article }) => ({ turn, number: article?.number })));
  }

  drawColumn(view, place) {
    const column = make("article", "column");
    column.tabIndex = -1;
    column.setAttribute("role", "region");
    column.setAttribute("aria-label", labelOf(view));
    const body = make("div", "body");
    body.tabIndex = 0;
    body.setAttribute("role", "group");
    body.setAttribute("aria-label", "The article, with the quote marked");
    body.append(...this.drawBody(view));
    column.append(this.drawBar(view, place), body);
    return column;
  }

  drawBar(view, place) {
    const bar = make("div", "bar");
    bar.append(...this.drawSteps(view, place));
    const ends = make("div", "ends");
    if (place === 0 && TWO_FIT.matches) {
      const compare = button("plain", "Compare", () => this.compare());
      compare.setAttribute("aria-pressed", String(this.isComparing));
      compare.title = "Show a second article beside this one";
      ends.append(compare);
    }
    const close = place ? () => this.closeSecond() : () => this.close();
    const closing = button("plain", "Close", close);
    closing.setAttribute("aria-label", `Close ${labelOf(view).toLowerCase()}`);
    ends.append(closing);
    bar.append(ends);
    return bar;
  }

  drawSteps(view, place) {
    const steps = make("div", "steps");
    if (view.from) {
      steps.append(button("plain", "Back", () => this.replace(place, view.from)));
    } else if (view.sources?.length > 1) {
      const step = (label, by) => {
        const at = view.place + by;
        const isThere = at >= 0 && at < view.sources.length;
        const go = () => isThere && this.replace(place, { ...view, place: at });
        const element = button("plain step", by < 0 ? "‹" : "›", go);
        element.setAttribute("aria-label", label);
        element.setAttribute("aria-disabled", String(!isThere));
        return element;
      };
      const count = make("span", "byline", `${view.place + 1} of ${view.sources.length}`);
      steps.append(step("Previous source", -1), count, step("Next source", 1));
    }
    return [steps];
  }

  replace(place, view) {
    this.views[place] = view;
    this.fill(view);
    this.draw(place);
  }

  drawBody(view) {
    const { article } = view;
    if (!article) return [make("p", "byline", "Reading the article …")];
    if (article.problem) return [textOf("p", "problem", article.problem)];
    const role = make("p", "role");
    role.append(textOf("span", "byline", article.role), ...drawState(article.state));
    const parts = [role, textOf("h2", "title", article.title), textOf("p", "byline", article.byline)];
    if (article.authors) parts.push(textOf("p", "byline", `By ${article.authors}`));
    if (article.updated) parts.push(make("p", "byline", article.updated));
    if (article.genre) parts.push(make("p", "genre", article.genre));
    for (const line of article.withheld) parts.push(textOf("p", "note withheld", line));
    if (article.note) parts.push(drawNote("p", article.note));
    parts.push(...this.drawNamed(view), this.drawActions(article), drawText(article.text));
    return parts;
  }

  // Copies and earlier texts, each of which opens; "Back" returns from it.
  drawNamed(view) {
    const { copies, versions } = view.article;
    const lists = [
      [`Same story in ${counted(copies, "other article")}, counted as one source`, copies],
      [counted(versions, "earlier text"), versions],
    ];
    return lists.filter(([, named]) => named.length).map(([title, named]) => {
      const details = make("details", "named");
      details.open = named.length <= 4;
      const list = make("ul", "");
      for (const { label, article, version } of named) {
        const wanted = { turn: view.turn, article, ...(version === undefined ? {} : { version }) };
        const press = () => this.open({ turn: view.turn, wanted, label, from: this.origin(view) });
        const item = make("li", "");
        const link = button("link", label, press);
        link.dir = "auto";
        item.append(link);
        list.append(item);
      }
      details.append(make("summary", "", title), list);
      return details;
    });
  }

  // Where "Back" goes from an article that is opened from a view; nowhere from a column of its own.
  origin(view) {
    return this.isComparing ? null : view.from ?? view;
  }

  drawActions(article) {
    const actions = make("div", "actions");
    if (article.quote) actions.append(copyButton("Copy quote", article.quote, this.told));
    if (article.footnote) actions.append(copyButton("Copy citation", article.footnote, this.told));
    if (article.address) {
      const marks = article.address.href.includes(":~:text=");
      actions.append(linkTo(article.address, marks ? "Open at the quote on" : "Open on"));
    }
    return actions;
  }
}

function drawText([before, start, strong, end, after]) {
  const text = textOf("div", "text", before);
  const sentence = make("span", "sentence", start);
  if (strong) sentence.append(make("mark", "", strong));
  addText(sentence, end);
  if (sentence.textContent) text.append(sentence);
  addText(text, after);
  return text;
}

// The second article of a comparison, if a person has not chosen one: the next source, or a copy.
function other({ turn, sources, place, article }) {
  if (sources?.length > 1) return { turn, sources, place: (place + 1) % sources.length };
  const copy = article?.copies?.[0];
  if (!copy) return null;
  return { turn, wanted: { turn, article: copy.article }, label: copy.label };
}

function scrollToQuote(column) {
  const sentence = column.querySelector(".sentence");
  if (!sentence) return;
  const body = column.querySelector(".body");
  const top = sentence.getBoundingClientRect().top - body.getBoundingClientRect().top;
  // What is above the text stays in view as long as the quote does too.
  if (top > body.clientHeight * 0.7) {
    body.scrollTo({ top: top - body.clientHeight / 3, behavior: "instant" });
  }
}

function labelOf({ article, label }) {
  if (article?.number) return `Source ${article.number}`;
  return label ? `Article: ${label}` : "Article";
}

function counted(items, name) {
  return `${items.length} ${name}${items.length === 1 ? "" : "s"}`;
}

function keyOf({ turn, article, version }) {
  return JSON.stringify([turn, article, version ?? null]);
}

// The markers of what is open look so.
function tellOpened(opened) {
  dispatchEvent(new CustomEvent("dateline-opened", { detail: opened ?? [] }));
}
