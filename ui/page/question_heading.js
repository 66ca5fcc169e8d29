// A question as the heading of its turn, letter for letter: only textContent, never markup.

export default function ({ data, parentElement }) {
  let heading = parentElement.querySelector("h2");
  if (!heading) {
    heading = document.createElement("h2");
    heading.dir = "auto";
    parentElement.append(heading);
  }
  heading.textContent = data.question;
}
