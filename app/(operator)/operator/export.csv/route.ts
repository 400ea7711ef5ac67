import { exportFigures, readFigures } from "@/lib/operator";
import { notFound } from "@/lib/platform/errors";
import { routes } from "@/lib/platform/http";
import { findOperator } from "@/lib/wiring/operator-context";

/** The operator's figures as a file; to everybody else there is no such address. */
async function csv(): Promise<Response> {
  const operator = await findOperator();
  if (!operator) throw notFound("This page");
  return new Response(exportFigures(await readFigures(operator)), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="caly-${operator.clock.now().toISOString().slice(0, 10)}.csv"`,
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}

export const { GET, POST, PUT, PATCH, DELETE } = routes({ GET: csv }, { name: "operator export" });
