import Database

/// The outbox: messages written in the transaction of the fact they tell of, sent afterwards by SMTP.
///
/// Who is to be told of what, and in which words, is the business of the slice that writes the message.
package enum Messages {
    package static let schema = Schema(
        migrations: [
            Migration(
                "messages-1",
                """
                CREATE TABLE message (
                    id {key},
                    fact {text} NOT NULL CHECK (fact <> ''),
                    account BIGINT,
                    address {text} NOT NULL CHECK (address <> ''),
                    language {text} NOT NULL CHECK (language IN ('id', 'en')),
                    subject {text} NOT NULL CHECK (subject <> ''),
                    body {text} NOT NULL,
                    daily BIGINT NOT NULL CHECK (daily IN (0, 1)),
                    state {text} NOT NULL CHECK (state IN ('waiting', 'handing-over', 'sent', 'failed', 'unclear',
                        'dropped')),
                    made_at BIGINT NOT NULL,
                    due_at BIGINT NOT NULL,
                    attempts BIGINT NOT NULL DEFAULT 0,
                    problem {text},
                    sent_at BIGINT,
                    UNIQUE (fact, address),
                    CHECK ((state = 'sent') = (sent_at IS NOT NULL))
                );
                CREATE INDEX message_due ON message (state, due_at);
                """)
        ],
        invariants: [])
}
