/** What can be sent beside text: each kind asks in a sheet of its own. */
import { askContact, chooseFile, pickLocation, recordVoice } from "./sheets.js";

/** Kinds in the attach menu, with their drawings. */
export const ATTACHED = { photo: "camera", document: "file", location: "pin", contact: "contact" };

/** The content of a message of that kind, as the control interface takes it; `null` for none. */
export async function asked(phone, kind) {
  const given = await ASK[kind](phone);
  if (!given) return null;
  const { caption, ...rest } = given;
  return caption ? { [kind]: rest, caption } : { [kind]: rest };
}

const ASK = {
  photo: (phone) => chooseFile(phone, "photo"),
  document: (phone) => chooseFile(phone, "document"),
  location: pickLocation,
  contact: askContact,
  voice: recordVoice,
};
