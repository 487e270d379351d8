/** What a phone asks in a sheet, and players: their modules are fetched when somebody needs them. */
const from =
  (name, act) =>
  (phone, ...given) =>
    import(`./dialogs/${name}.js`).then(
      (module) => module[act](phone, ...given),
      () => (phone.say(phone.labels.noAnswer), null),
    );

export const askContact = from("contact", "askContact");
export const askLink = from("link", "askLink");
export const chooseFile = from("file", "chooseFile");
export const confirmLeave = from("link", "confirmLeave");
export const locationCard = from("location", "locationCard");
export const pickLocation = from("location", "pickLocation");
export const recordVoice = from("voice", "recordVoice");
export const showAlert = from("alert", "showAlert");
export const viewFile = from("file", "viewFile");
export const voicePlayer = from("voice", "voicePlayer");
