const names = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** Opening hours as the agent would say them, from times as typed ("09:00"), Monday first: days with the same hours are joined. */
export function openInWords(
  days: readonly { weekday: number; spans: readonly { from: string; to: string }[] }[],
): string {
  const groups: { from: number; to: number; hours: string }[] = [];
  for (const { weekday, spans } of days) {
    const hours = spans
      .filter((span) => span.from && span.to)
      .map((span) => `${span.from} to ${span.to === "00:00" ? "midnight" : span.to}`)
      .join(" and ");
    const last = groups.at(-1);
    if (last?.hours === hours && (last.to + 1) % 7 === weekday) last.to = weekday;
    else groups.push({ from: weekday, to: weekday, hours });
  }
  const open = groups.filter((group) => group.hours);
  if (open.length === 0) return "We have not set our opening hours yet.";
  const words = open.map(({ from, to, hours }) =>
    from === to ? `${names[from]} ${hours}` : `${names[from]} to ${names[to]} ${hours}`,
  );
  return `We are open ${words.join(", ")}.`;
}
