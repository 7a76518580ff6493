/** What the page knows, kept up to date by the event stream. Views subscribe to changes by kind. */

import { call } from "./api.js";

export const people = new Map();
export const webhooks = new Map();
export const transcripts = new Map();
export const platform = {};
export const faults = {};

const byMessage = new Map();
const views = { resident: [], message: [], webhook: [], platform: [], faults: [] };

export function on(kind, view) {
  views[kind].push(view);
}

/** Opens the stream first and reads everything when it stands, so that nothing falls between. */
export function follow(report) {
  const stream = new EventSource("/sandbox/events");
  stream.onopen = () => readAll().catch(report);
  const take = (kind, keep) =>
    stream.addEventListener(kind, (event) => {
      const data = JSON.parse(event.data);
      keep(data);
      show(kind, data);
    });
  take("resident", (person) => people.set(person.user_id, person));
  take("message", keepMessage);
  take("webhook", keepWebhook);
  stream.addEventListener("platform", () => readPlatform().catch(report));
  stream.addEventListener("faults", () => readFaults().catch(report));
}

export const messagesOf = (userId) => [...(transcripts.get(userId)?.values() ?? [])];

/** The event that told the app of a resident's message, if there was one. */
export const webhookOf = (message) => byMessage.get(message.message_id);

async function readAll() {
  const { residents } = await call("GET", "/residents");
  people.clear();
  transcripts.clear();
  webhooks.clear();
  for (const person of residents) people.set(person.user_id, person);
  const journal = await call("GET", "/webhooks");
  journal.webhooks.forEach(keepWebhook);
  await Promise.all(residents.map((person) => readTranscript(person.user_id)));
  await Promise.all([readPlatform(), readFaults()]);
  show("resident");
  show("message");
  show("webhook");
}

async function readTranscript(userId) {
  const { messages } = await call("GET", `/residents/${userId}/messages`);
  messages.forEach(keepMessage);
}

async function readPlatform() {
  Object.assign(platform, await call("GET", "/state"));
  show("platform");
}

async function readFaults() {
  Object.assign(faults, await call("GET", "/faults"));
  show("faults");
}

function keepMessage(message) {
  if (!transcripts.has(message.user_id)) transcripts.set(message.user_id, new Map());
  transcripts.get(message.user_id).set(message.seq, message);
}

function keepWebhook(entry) {
  webhooks.set(entry.id, entry);
  if (entry.event_name.startsWith("user_send_")) byMessage.set(entry.message_id, entry);
}

function show(kind, data) {
  for (const view of views[kind]) view(data);
}
