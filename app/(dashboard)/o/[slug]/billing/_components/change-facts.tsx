import { count } from "@/components/billing/usage-bar";
import { Card } from "@/components/ui/card";
import { formatMoney } from "@/components/ui/money-format";
import { Table, TBody, Td, THead, Th, Tr } from "@/components/ui/table";
import type { PlanChangePreview } from "@/lib/billing";
import { findPlan } from "@/lib/plans";

const exceededWords = {
  agents: "Agents",
  numbers: "Numbers",
  members: "Members",
  retentionDays: "Days calls are kept",
};

/** The two plans beside each other. */
export function ChangeFacts({ preview }: { preview: PlanChangePreview }) {
  const { from, to, price, minutes, perMinute, exceeded, currency } = preview;
  const money = (amount: bigint) => formatMoney(amount, currency);
  const name = ({ plan, planVersion }: typeof from) => findPlan(plan, planVersion)?.name ?? plan;
  const rows = [
    ["Price", `${money(price.before)} a ${from.every}`, `${money(price.after)} a ${to.every}`],
    ["Minutes included", `${count(minutes.before)} a ${from.every}`, `${count(minutes.after)} a ${to.every}`],
    ["Each minute more", money(perMinute.before), money(perMinute.after)],
    ...exceeded.map(({ what, has, allows }) => [
      what in exceededWords ? exceededWords[what as keyof typeof exceededWords] : what,
      `you have ${count(has)}`,
      `allows ${count(allows)}`,
    ]),
  ];
  return (
    <Card>
      <Table label="What changes">
        <THead>
          <Tr>
            <Th>
              <span className="sr-only">What</span>
            </Th>
            <Th numeric>{name(from)}, now</Th>
            <Th numeric>{name(to)}</Th>
          </Tr>
        </THead>
        <TBody>
          {rows.map(([what, before, after]) => (
            <Tr key={what}>
              <Td className="text-muted">{what}</Td>
              <Td numeric>{before}</Td>
              <Td numeric className="font-medium">
                {after}
              </Td>
            </Tr>
          ))}
        </TBody>
      </Table>
    </Card>
  );
}
