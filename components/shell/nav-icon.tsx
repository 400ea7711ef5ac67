import {
  BookOpen,
  Bot,
  CalendarDays,
  CreditCard,
  LayoutDashboard,
  type LucideIcon,
  MessageSquare,
  Phone,
  Settings,
  Users,
} from "lucide-react";
import type { NavIcon as Name } from "./types";

const icons: Record<Name, LucideIcon> = {
  overview: LayoutDashboard,
  calls: Phone,
  bookings: CalendarDays,
  contacts: Users,
  messages: MessageSquare,
  agents: Bot,
  knowledge: BookOpen,
  billing: CreditCard,
  settings: Settings,
};

export function NavIcon({ name, className }: { name: Name; className?: string }) {
  const Icon = icons[name];
  return <Icon aria-hidden className={className} />;
}
