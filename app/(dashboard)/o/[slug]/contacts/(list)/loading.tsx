import { Loading, Skeleton, SkeletonRows } from "@/components/ui/skeleton";

export default function ContactsLoading() {
  return (
    <Loading>
      <Skeleton className="mb-6 h-7 w-32" />
      <Skeleton className="mb-4 h-9 w-full max-w-md" />
      <SkeletonRows rows={10} />
    </Loading>
  );
}
