/** One sheet holds six months of two currencies; the screen and the file have all of them. A list's latest month stands first. */
export const MONTHS_ON_PAPER = 6;
export const onPaper = "print:[&>tr:nth-child(n+7)]:hidden";
/** Of a table that grows to the right by a column a month, after two that name it. */
export const columnsOnPaper = "print:[&_:is(th,td):nth-child(n+9)]:hidden";
