// What a language model has written so far, for the answer on the page that it belongs to. An answer that
// is drawn later finds it under its turn.

export default function ({ data }) {
  globalThis.datelineWritten = data;
  dispatchEvent(new CustomEvent("dateline-written", { detail: data }));
}
