export { readJson, readRawBody, requireContentType } from "./body";
export { clientAddress, DIRECT, networkOf } from "./client-address";
export { hostAllowed } from "./host";
export { decodeUtf8, parseJson } from "./json";
export { type ProblemFields, problem, problemOf } from "./problem";
export { type RouteHandler, type RouteInfo, route, routes } from "./route";
