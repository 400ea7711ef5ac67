import "server-only";

export { foldLedger, rebuildRollups } from "./fold-ledger";
export { postEntries } from "./post-entries";
export { type Cause, type Line, type Posting, postingParts } from "./posting";
export { type Balance, listBalances, sumPeriod } from "./read-ledger";
