-- What was written of a person's part of a booking is told under the booking itself: parts come and go when it is moved.
UPDATE calendar_writes w SET booking_id = b.part_of_id FROM bookings b
  WHERE b.org_id = w.org_id AND b.id = w.booking_id AND b.part_of_id IS NOT NULL
    AND NOT EXISTS (SELECT FROM calendar_writes x WHERE x.booking_id = b.part_of_id AND x.calendar_id = w.calendar_id);
