/** "older": a later reading had been shown before. "unchanged": it was known so. */
export type Applied = "changed" | "unchanged" | "older";
