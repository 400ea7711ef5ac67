-- Days that a payment has been owed: 0, and those after which callers can only leave a message.
ALTER TABLE spending_alerts
  DROP CONSTRAINT spending_alerts_what,
  ADD CONSTRAINT spending_alerts_what CHECK (
    CASE what WHEN 'trial_days' THEN threshold IN (0, 1, 3) WHEN 'cap' THEN threshold IN (50, 80, 100)
      WHEN 'trial' THEN threshold IN (50, 80, 100) WHEN 'payment' THEN threshold IN (0, 14) ELSE false END);
