import type { Route } from "../../http/router";
import type { World } from "../world";
export function pageRoutes(_world: World): Route[] {
  return [];
}
