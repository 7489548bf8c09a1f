CREATE TABLE "consents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"person_key" "bytea" NOT NULL,
	"entity" text,
	"purpose" text NOT NULL,
	"initials_shared" boolean NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	"list" integer NOT NULL,
	"idx" integer NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "entities" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"origins" text[] NOT NULL,
	"api_key_hash" "bytea" NOT NULL,
	"added_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "entities_api_key_hash_unique" UNIQUE("api_key_hash")
);
--> statement-breakpoint
CREATE TABLE "limits" (
	"key" "bytea" PRIMARY KEY NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	"seconds" integer NOT NULL,
	"used" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "manage_sessions" (
	"secret_hash" "bytea" PRIMARY KEY NOT NULL,
	"person_key" "bytea" NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "otp_transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number_key" "bytea" NOT NULL,
	"person_key" "bytea" NOT NULL,
	"reference" "bytea" NOT NULL,
	"otp_hash" "bytea" NOT NULL,
	"tries_left" smallint NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"manages" boolean NOT NULL,
	"purpose" text NOT NULL,
	"entity" text,
	"initials" text
);
--> statement-breakpoint
CREATE TABLE "people" (
	"person_key" "bytea" PRIMARY KEY NOT NULL,
	"doses_received" smallint NOT NULL,
	"doses_required" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revocations" (
	"list" integer NOT NULL,
	"idx" integer NOT NULL,
	"published" boolean DEFAULT false NOT NULL,
	CONSTRAINT "revocations_list_idx_pk" PRIMARY KEY("list","idx")
);
--> statement-breakpoint
CREATE TABLE "status_lists" (
	"id" integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "status_lists_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1),
	"until" timestamp with time zone NOT NULL,
	"key" "bytea" NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"jws" text,
	"iat" integer DEFAULT 0 NOT NULL,
	"uri" text
);
--> statement-breakpoint
CREATE TABLE "trust_lists" (
	"id" smallint PRIMARY KEY NOT NULL,
	"jws" text NOT NULL
);
--> statement-breakpoint
CREATE INDEX "consents_person" ON "consents" USING btree ("person_key");--> statement-breakpoint
CREATE INDEX "consents_expiry" ON "consents" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "otp_transactions_number" ON "otp_transactions" USING btree ("number_key");--> statement-breakpoint
CREATE INDEX "otp_transactions_expiry" ON "otp_transactions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "revocations_unpublished" ON "revocations" USING btree ("list") WHERE not published;--> statement-breakpoint
CREATE INDEX "status_lists_until" ON "status_lists" USING btree ("until");