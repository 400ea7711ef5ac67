import { Loading, Skeleton } from "@/components/ui/skeleton";

export default function BillingLoading() {
  return (
    <Loading>
      <Skeleton className="mb-5 h-7 w-24" />
      <Skeleton className="mb-5 h-9 w-full max-w-md" />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex flex-col gap-4">
          <Skeleton className="h-52 rounded-lg" />
          <Skeleton className="h-72 rounded-lg" />
        </div>
        <Skeleton className="h-44 rounded-lg max-lg:-order-1" />
      </div>
    </Loading>
  );
}
