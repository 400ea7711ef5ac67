export type { Account, Unit } from "./rules/accounts";
export { type Currency, decimalPlaces, readCurrency } from "./rules/currencies";
export {
  add,
  formatMoney,
  type Minor,
  type Money,
  minor,
  money,
  negate,
  readMoney,
  share,
  toDecimal,
  writeDecimal,
} from "./rules/money";
