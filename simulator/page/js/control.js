/** Asks the simulator's control interface; what it refuses becomes a sentence. */

/** A refusal, or a simulator that does not answer (`lost`). */
export class ControlError extends Error {
  constructor(sentence, { status = 0, lost = false } = {}) {
    super(sentence);
    this.name = "ControlError";
    this.sentence = sentence;
    this.status = status;
    this.lost = lost;
  }
}

/** The JSON answer to `METHOD /control/path`. */
export async function control(method, path, body) {
  const answer = await asked(method, path, body);
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok)
    throw new ControlError(said.error ?? `${answer.status} ${answer.statusText}`, { status: answer.status });
  return said;
}

async function asked(method, path, body) {
  const request = { method, cache: "no-store" };
  if (body !== undefined) {
    request.headers = { "Content-Type": "application/json" };
    request.body = JSON.stringify(body);
  }
  try {
    return await fetch(`/control/${path}`, request);
  } catch {
    throw new ControlError("", { lost: true });
  }
}

/** The address of a file's bytes. */
export function fileUrl(fileId, { download = false } = {}) {
  return `/control/files/${encodeURIComponent(fileId)}${download ? "?download=1" : ""}`;
}
