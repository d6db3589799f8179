import Database

/// The outbox: messages written in the transaction of the fact they tell of, sent afterwards by SMTP.
///
/// Who is to be told of what, and in which words, is the business of the slice that writes the message. A body may hold
/// a one-time link, so it is kept only while it may still have to be sent: sent and dropped messages have none.
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
                    joined BIGINT NOT NULL DEFAULT 0 CHECK (joined IN (0, 1)),
                    holder {text},
                    held_until BIGINT,
                    UNIQUE (fact, address),
                    CHECK ((state = 'sent') = (sent_at IS NOT NULL)),
                    CHECK (state <> 'handing-over' OR (holder IS NOT NULL AND held_until IS NOT NULL)),
                    CHECK (state NOT IN ('sent', 'dropped') OR body = '')
                );
                CREATE INDEX message_due ON message (state, due_at);
                CREATE INDEX message_state ON message (state, id);
                CREATE INDEX message_account ON message (account);
                CREATE INDEX message_address ON message (address);
                """)
        ],
        invariants: [])
}
