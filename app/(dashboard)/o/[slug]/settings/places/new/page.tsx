import type { Metadata } from "next";
import { AddPage } from "@/components/scheduling/add-page";
import { may, timeZoneOptions } from "@/lib/organizations";
import { memberContext } from "@/lib/wiring/member-context";
import { PlaceForm } from "../_components/place-form";
import { addPlace } from "../actions";

export const metadata: Metadata = { title: "Add a place" };

export default async function NewPlacePage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  const { ctx, org } = await memberContext(slug);
  const back = `/o/${slug}/settings/places`;
  return (
    <AddPage
      title="Add a place"
      description="It keeps the opening hours of the business until you give it its own."
      back={{ href: back, label: "Places" }}
      mayAdd={may(ctx.actor, "scheduling.configure")}
      who="Admins and the owner can add places"
    >
      <PlaceForm
        action={addPlace.bind(null, slug)}
        place={null}
        businessZone={org.timeZone}
        zones={timeZoneOptions()}
        backHref={back}
      />
    </AddPage>
  );
}
