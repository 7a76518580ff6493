/**
 * Builds an element. Data reaches the page only as text nodes and attributes set here, so that markup in a message
 * stays text.
 *
 * @param {string} tag
 * @param {Record<string, unknown>} attributes "on" holds listeners by event; true sets an empty attribute, null and
 *   false leave it out
 * @param {...(Node | string | null)} children null is left out
 * @returns {any} the element
 */
export function build(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    } else if (value !== null && value !== false && value !== undefined) {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** @returns {string | null} the absolute address when it is a web address, else null (javascript:, data: …) */
export function webAddress(address, base) {
  if (!address) return null;
  try {
    const url = new URL(address, base);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
