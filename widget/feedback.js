import { ApiError, ConnectionError } from "./api.js";
import { build } from "./build.js";
import { texts } from "./texts.js";

const REASON_LIMIT = 500;

/**
 * 👍 and 👎 below an answer; 👎 then asks why, which may stay unsaid.
 *
 * @param {(value: "up" | "down", reason: string) => Promise<void>} give
 */
export function feedbackElement(give) {
  const outcome = build("p", { class: "outcome", role: "status" });
  const reason = reasonForm((text) => submit("down", text));
  const choice = (value, sign, label) =>
    build(
      "button",
      { type: "button", class: "thumb", "aria-pressed": "false", "data-value": value, on: { click: () => submit(value) } },
      build("span", { "aria-hidden": "true" }, sign),
      ` ${label}`,
    );
  const choices = [choice("up", "👍", texts.up), choice("down", "👎", texts.down)];

  async function submit(value, text = "") {
    try {
      await give(value, text);
    } catch (error) {
      if (!(error instanceof ApiError || error instanceof ConnectionError)) throw error;
      outcome.textContent = error instanceof ApiError && error.message ? error.message : texts.feedbackFailed;
      return;
    }
    choices.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.value === value)));
    outcome.textContent = texts.thanks;
    reason.hidden = value === "up" || text !== "";
    reason.scrollIntoView({ block: "nearest" });
  }

  return build("div", { class: "feedback", role: "group", "aria-label": texts.feedback }, ...choices, reason, outcome);
}

function reasonForm(submit) {
  const field = build("input", { type: "text", maxlength: REASON_LIMIT, class: "reason" });
  const sent = (event) => {
    event.preventDefault();
    if (field.value.trim()) submit(field.value.normalize("NFC").trim());
  };
  return build(
    "form",
    { hidden: true, class: "reasons", on: { submit: sent } },
    build("label", {}, texts.reason, field),
    build("button", { type: "submit", class: "plain" }, texts.sendReason),
  );
}
