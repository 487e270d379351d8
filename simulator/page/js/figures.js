/** Times, days and sizes as a reader of that locale writes them. */
const made = new Map();

function format(kind, locale, options) {
  const key = `${kind.name} ${locale} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new kind(locale, options));
  return made.get(key);
}

/** `17:05`, by the clock of whoever looks. */
export function timeOf(seconds, locale) {
  return format(Intl.DateTimeFormat, locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(
    seconds * 1000,
  );
}

/** `23 novembre`, with the year where it is another one; today and yesterday by their names. */
export function dayOf(seconds, locale, now = Date.now()) {
  const day = new Date(seconds * 1000);
  const apart = Math.round((midnight(day) - midnight(new Date(now))) / 86_400_000);
  if (apart === 0 || apart === -1) {
    const named = format(Intl.RelativeTimeFormat, locale, { numeric: "auto" }).format(apart, "day");
    return named.charAt(0).toLocaleUpperCase(locale) + named.slice(1);
  }
  const year = day.getFullYear() === new Date(now).getFullYear() ? undefined : "numeric";
  return format(Intl.DateTimeFormat, locale, { day: "numeric", month: "long", year }).format(day);
}

/** The same for all moments of a day. */
export function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** `84 ko`, `1,2 Mo`. */
export function sizeOf(bytes, locale) {
  const units = ["byte", "kilobyte", "megabyte"];
  const step = bytes < 1000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const options = {
    style: "unit",
    unit: units[step],
    unitDisplay: step ? "short" : "long",
    maximumFractionDigits: step === 2 ? 1 : 0,
  };
  return format(Intl.NumberFormat, locale, options).format(bytes / 1000 ** step);
}

/** A count in the digits of that locale. */
export function numberOf(count, locale) {
  return format(Intl.NumberFormat, locale, {}).format(count);
}
