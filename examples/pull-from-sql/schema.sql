-- What a host might have: customers, invoices, payments. Nothing here knows of recobro but the last part.
CREATE TABLE customers (id text PRIMARY KEY, company text NOT NULL, person text NOT NULL, email text NOT NULL);
CREATE TABLE invoices (
  id text PRIMARY KEY, customer text NOT NULL REFERENCES customers, number text NOT NULL,
  issued date NOT NULL, due date NOT NULL, total numeric(14, 2) NOT NULL, currency char(3) NOT NULL,
  cancelled boolean NOT NULL DEFAULT false
);
CREATE TABLE payments (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, invoice text NOT NULL REFERENCES invoices,
  amount numeric(14, 2) NOT NULL, booked_on date NOT NULL, bounced boolean NOT NULL DEFAULT false
);

-- Which customers changed, written by triggers in the transaction of the change itself. The number of that
-- transaction stands beside it: it is given out when the transaction begins to write, not when it commits.
CREATE TABLE changes (
  transaction xid8 NOT NULL DEFAULT pg_current_xact_id(), id bigint GENERATED ALWAYS AS IDENTITY,
  customer text NOT NULL, PRIMARY KEY (transaction, id)
);
CREATE FUNCTION note_customer() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN INSERT INTO changes (customer) VALUES (NEW.id); RETURN NULL; END $$;
CREATE FUNCTION note_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN INSERT INTO changes (customer) VALUES (coalesce(NEW.customer, OLD.customer)); RETURN NULL; END $$;
CREATE FUNCTION note_payment() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN INSERT INTO changes (customer)
    SELECT customer FROM invoices WHERE id = coalesce(NEW.invoice, OLD.invoice); RETURN NULL; END $$;
CREATE TRIGGER customers_changed AFTER INSERT OR UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION note_customer();
CREATE TRIGGER invoices_changed AFTER INSERT OR UPDATE OR DELETE ON invoices FOR EACH ROW EXECUTE FUNCTION note_invoice();
CREATE TRIGGER payments_changed AFTER INSERT OR UPDATE OR DELETE ON payments FOR EACH ROW EXECUTE FUNCTION note_payment();
-- Customers that are there already are told first.
INSERT INTO changes (customer) SELECT id FROM customers;
