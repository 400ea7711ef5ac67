import "server-only";

export { exportFigures } from "./export-figures";
export { type Differences, listDifferences, type OpenItem } from "./list-differences";
export { type CurrencyFigures, type Figures, readFigures } from "./read-figures";
export { marginPerMille, perPaying } from "./rules/margin";
