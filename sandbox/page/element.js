/** A DOM element in one line: name, properties, children (nothing is ever parsed as HTML). */

export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const bar = document.querySelector("[data-toast]");
let hiding;

/** Says something at the lower edge for a while. */
export function toast(words) {
  bar.textContent = words;
  bar.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (bar.hidden = true), 5000);
}

/** Runs a call of the sandbox; a refusal is shown, not thrown. */
export async function attempt(work) {
  try {
    return await work();
  } catch (problem) {
    toast(problem.message || "Không kết nối được với nền tảng mô phỏng.");
    return undefined;
  }
}
