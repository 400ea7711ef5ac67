import type { Metadata } from "next";
import { AddPage } from "@/components/scheduling/add-page";
import { may } from "@/lib/organizations";
import { listLocations } from "@/lib/scheduling";
import { memberContext } from "@/lib/wiring/member-context";
import { ResourceForm } from "../_components/resource-form";
import { addResource } from "../actions";

export const metadata: Metadata = { title: "Add a room or a machine" };

export default async function NewResourcePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx } = await memberContext(slug);
  const back = `/o/${slug}/settings/resources`;
  return (
    <AddPage
      title="Add a room or a machine"
      description="It is used by bookings once a service needs it."
      back={{ href: back, label: "Rooms & equipment" }}
      mayAdd={may(ctx.actor, "scheduling.configure")}
      who="Admins and the owner can add rooms and equipment"
    >
      <ResourceForm
        action={addResource.bind(null, slug)}
        resource={null}
        places={(await listLocations(ctx)).map(({ id, name }) => ({ value: id, label: name }))}
        backHref={back}
      />
    </AddPage>
  );
}
