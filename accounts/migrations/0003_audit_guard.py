"""The database itself keeps the audit log: entries are added, and neither changed nor removed.

Unqualified names: each company's schema gets a function and triggers of its own. What the law or the company wants
removed goes by `accounts.services.audit`, which says so in the log and opens the guard for its transaction.
"""

from django.db import migrations

GUARD = """
CREATE FUNCTION accounts_keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('parley.audit_removal', true) = 'on' THEN
        IF TG_OP = 'UPDATE' THEN RETURN NEW; ELSIF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    END IF;
    RAISE EXCEPTION 'The audit log is append-only.' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER accounts_keep_audit_rows BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION accounts_keep_audit();
CREATE TRIGGER accounts_keep_audit_table BEFORE TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION accounts_keep_audit();
"""
UNGUARD = """
DROP TRIGGER accounts_keep_audit_table ON accounts_auditentry;
DROP TRIGGER accounts_keep_audit_rows ON accounts_auditentry;
DROP FUNCTION accounts_keep_audit();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_people")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
