import { DescriptionList } from "@/components/ui/description-list";
import { formatMoney } from "@/components/ui/money-format";
import { besides, inWords, readAlike, saySpan } from "../said-times";

type Props = {
  what: string;
  startsAt: Date;
  endsAt: Date;
  zone: string;
  businessZone: string;
  who?: string | undefined;
  where?: string | undefined;
  name?: string | undefined;
  price?: { cents: number; currency: string } | undefined;
};

/** What, when, with whom and where; the zone is always said, and the business's time stands beside the visitor's. */
export function AppointmentFacts({ what, startsAt, endsAt, zone, businessZone, who, where, name, price }: Props) {
  const isAlike = readAlike([startsAt, endsAt], zone, businessZone);
  const items = [
    { term: "What", value: what },
    {
      term: "When",
      value: (
        <>
          <time dateTime={startsAt.toISOString()} className="tabular block font-semibold">
            {saySpan(startsAt, endsAt, zone)}
          </time>
          <span className="block text-muted">
            {isAlike
              ? `Time in ${inWords(zone)}`
              : `Time in ${inWords(zone)}. In ${inWords(businessZone)}, where the business is: ${besides(startsAt, zone, businessZone)}`}
          </span>
        </>
      ),
    },
    ...(who ? [{ term: "With", value: who }] : []),
    ...(where ? [{ term: "Where", value: <span className="break-words">{where}</span> }] : []),
    ...(name ? [{ term: "For", value: name }] : []),
    ...(price ? [{ term: "Price", value: price.cents === 0 ? "Free" : formatMoney(price.cents, price.currency) }] : []),
  ];
  return <DescriptionList items={items} />;
}
