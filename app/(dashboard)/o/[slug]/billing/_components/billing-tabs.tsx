import { LinkTabs } from "@/components/ui/link-tabs";

const tabs = { "": "Overview", "/usage": "Usage", "/plans": "Plans", "/invoices": "Invoices" } as const;

export const BillingTabs = ({ slug, current }: { slug: string; current: keyof typeof tabs }) => (
  <LinkTabs
    label="Billing"
    className="mb-5"
    tabs={Object.entries(tabs).map(([end, label]) => ({ href: `/o/${slug}/billing${end}`, label }))}
    current={`/o/${slug}/billing${current}`}
  />
);
