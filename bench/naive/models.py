from django.db import models


class Message(models.Model):
    conversation_id = models.BigIntegerField()
    side = models.CharField(max_length=10)
    client_id = models.UUIDField()
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "naive"
        indexes = [models.Index(fields=["conversation_id", "id"], name="message_conversation")]

    def __str__(self) -> str:
        return self.text


class Agent(models.Model):
    status = models.CharField(max_length=10, default="online")

    class Meta:
        app_label = "naive"

    def __str__(self) -> str:
        return f"{self.pk}: {self.status}"


class Visitor(models.Model):
    """Somebody on the website."""

    url = models.CharField(max_length=2000, blank=True)
    title = models.CharField(max_length=300, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        app_label = "naive"

    def __str__(self) -> str:
        return f"{self.pk}: {self.url}"
