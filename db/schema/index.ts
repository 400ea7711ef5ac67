export * from "./agents";
export * from "./calls";
export * from "./connections";
export * from "./contacts";
export * from "./events";
export * from "./identity";
export * from "./organizations";
export * from "./scheduling";
