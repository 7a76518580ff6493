/** Calls of the control API. A refusal becomes an Error with the sandbox's sentence. */

export async function call(method, path, body) {
  const options = { method };
  if (body !== undefined) {
    options.headers = { "Content-Type": "application/json" };
    options.body = JSON.stringify(body);
  }
  return answer(await fetch(`/sandbox${path}`, options));
}

export const act = (userId, action, fields = {}) =>
  call("POST", `/residents/${userId}/actions`, { action, ...fields });

/** Puts a file on the phone's shelf; gives its media_id. */
export async function putOnShelf(file) {
  const path = `/sandbox/media?name=${encodeURIComponent(file.name)}`;
  const type = file.type || "application/octet-stream";
  const response = await fetch(path, { method: "POST", headers: { "Content-Type": type }, body: file });
  return (await answer(response)).media_id;
}

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
}
