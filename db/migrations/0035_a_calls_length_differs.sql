ALTER TABLE billing_items
  DROP CONSTRAINT billing_items_kind,
  ADD CONSTRAINT billing_items_kind CHECK (kind IN ('meter_unknown_customer', 'meter_too_late', 'meter_refused', 'lost_meter_event',
    'billed_twice', 'overbilled', 'underbilled', 'refunded_twice', 'stuck_call', 'cost_differs', 'length_differs', 'unknown_payment',
    'invoice_differs', 'two_subscriptions'));
