/** Browser-safe: what forms, the API and agent tools send, and what pages show. Minutes count from local midnight (0–1440). */

export * from "./bookings";
export * from "./cancellation";
export * from "./hours";
export * from "./places";
export * from "./series";
export * from "./services";
export * from "./slots";
export * from "./staff";
