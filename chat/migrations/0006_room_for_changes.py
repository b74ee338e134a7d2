from django.db import migrations

# Room in each page for the next version of its rows: then a message changes its conversation's row, and a tally its
# own, without a word to any index. Without it the first message of each conversation touches all seven of them.
_SET = "ALTER TABLE {table} SET (fillfactor = 70)"
_RESET = "ALTER TABLE {table} RESET (fillfactor)"


def _both(statement: str) -> list[str]:
    return [statement.format(table=table) for table in ("chat_conversation", "chat_tally")]


class Migration(migrations.Migration):
    dependencies = [("chat", "0005_fewer_checks")]

    operations = [migrations.RunSQL(_both(_SET), _both(_RESET))]
