// What the scripts of the page's own elements share. It stands before each of them.
//
// Text of articles, models and people is only ever set with textContent. Keep it so: innerHTML, or any
// attribute but href of a checked address, would let an article run code or fetch something.

// Characters that turn the direction of what follows them: they could show a headline backwards, or
// another figure than is written. They stay in the text and are not displayed.
const TURNING = /([\u202A-\u202E\u2066-\u2069]+)/;

function make(tag, className, text = "") {
  const element = document.createElement(tag);
  if (className) element.className = className;
  addText(element, text);
  return element;
}

// Text that may be in any script and direction.
function textOf(tag, className, text) {
  const element = make(tag, className, text);
  element.dir = "auto";
  return element;
}

function addText(element, text) {
  for (const [place, part] of String(text).split(TURNING).entries()) {
    if (!part) continue;
    if (place % 2 === 0) {
      element.append(part);
      continue;
    }
    const hidden = document.createElement("span");
    hidden.className = "turning";
    hidden.textContent = part;
    element.append(hidden);
  }
}

// A quote in three parts, of which the middle one is what answers.
function markedText(className, [before, marked, after]) {
  const text = textOf("span", className, before);
  if (marked) text.append(make("mark", "", marked));
  addText(text, after);
  return text;
}

function button(className, label, press) {
  const element = make("button", className, label);
  element.type = "button";
  element.addEventListener("click", press);
  return element;
}

const STATES = { corrected: "Corrected", withdrawn: "Withdrawn" };

// What its editors say of an article before anything else.
function drawState(state) {
  return state ? [make("span", `state ${state}`, STATES[state])] : [];
}

function drawNote(tag, note) {
  const line = make(tag, "note");
  const saysWhatItIs = /^\W*(corrected|correction|withdrawn|editor|entry of)/i.test(note);
  if (!saysWhatItIs) line.append(make("strong", "", "Editors’ note: "));
  line.append(textOf("span", "", note));
  return line;
}

function linkTo({ href, host }, label) {
  const link = make("a", "original", `${label} ${host}`);
  // Checked before it was sent; checked again here, where it would do harm.
  if (/^https?:\/\//i.test(href)) link.href = href;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
  link.append(make("span", "hidden", " (opens in a new tab)"));
  return link;
}

// A button that copies a text and says so, to screen readers too.
function copyButton(label, text, told) {
  const element = button("plain copy", label, async () => {
    const copied = await copyText(text, element.getRootNode());
    element.textContent = copied ? "Copied" : "Not copied: select and copy it";
    told.textContent = element.textContent;
    setTimeout(() => (element.textContent = label), 2500);
  });
  return element;
}

async function copyText(text, root) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Browsers give the clipboard only to pages of this machine or over HTTPS.
    return copyFromField(text, root);
  }
}

function copyFromField(text, root) {
  const field = document.createElement("textarea");
  field.className = "hidden";
  field.value = text;
  const focused = root.activeElement;
  (root.querySelector("dialog[open]") ?? root).append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  focused?.focus({ preventScroll: true });
  return copied;
}

// One short line for screen readers. A live region announces what is added to it later.
function announcer() {
  const line = make("p", "hidden announced");
  line.setAttribute("role", "status");
  return line;
}

// Opens an article in the pane: the source at a place among those of a turn, or one that is named.
function openInPane(request) {
  dispatchEvent(new CustomEvent("dateline-open", { detail: request }));
}
