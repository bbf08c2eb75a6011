BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0016');
CREATE TABLE alerts (
	subject VARCHAR(200) NOT NULL, 
	told_at DATETIME NOT NULL, 
	is_open BOOLEAN NOT NULL, 
	CONSTRAINT pk_alerts PRIMARY KEY (subject)
);
INSERT INTO "alerts" VALUES('w1','2026-11-22 01:30:00.000000',0);
INSERT INTO "alerts" VALUES('w2','2026-11-22 02:30:00.000000',1);
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	operator VARCHAR(80) NOT NULL, 
	action VARCHAR(40) NOT NULL, 
	subject VARCHAR(200) NOT NULL, 
	detail TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
);
INSERT INTO "audit" VALUES(3,'2026-11-22 03:30:00.000000','w3','w3','w3','w3');
INSERT INTO "audit" VALUES(4,'2026-11-22 04:30:00.000000','w4','w4','w4','w4');
CREATE TABLE bodies (
	source_id VARCHAR(80) NOT NULL, 
	fetched_at DATETIME NOT NULL, 
	media_type TEXT NOT NULL, 
	charset TEXT NOT NULL, 
	final_url TEXT NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_bodies PRIMARY KEY (source_id), 
	CONSTRAINT fk_bodies_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
INSERT INTO "bodies" VALUES('chor','2026-11-22 13:00:00.000000','','','file:/tmp/tmp6hxt7tip/chor.ics',X'780185D1D14AC3301406E0FB3C459F409B6C2A66F4224DCFB42C4DB7F4A432EF2A6650E6DA91755EF8F4D616A62074E7EEE7C0E1E33F313CA59A975228D08930241E3394A091D834E1FBB6F972BE2385CD3261B67C35E6A03E04E2FDD3351D49B040617081AF6912C1D9B747771B3BFF51379C85EC9E323A43FA10F643542E05A6B9E6CFD5F914548720ABFCBEBF008534E97AD840DD74BEEEBA60E75D7D437A152F47CD3FDAD1B76FEE025B0FE91A86B239D2C7D904C618AB802F0D6CA2178095DA2E646E3546F349CBCE9D7E3B5AFE846B12C642A47753B5F4B5A22DB8145A825290FC050CBD5CBEF60DD57D85A2');
INSERT INTO "bodies" VALUES('blog','2026-11-22 11:00:00.000000','','','file:/tmp/tmp6hxt7tip/blog.xml',X'78018D8F3D0EC2300C85F79E22EA01626044C6030B0CECCCA5715B8B34AD12177138362E46283F6264B29FFCFCE93D8C29990BC72443D8942BBB2809EBAE0A813DA18A7AA6AD1F5A84D78E5EC2993AD531AD014E96AF553F7AB643CC96F986A2DC53F1FEDDB36F3838362DA7A9EEF40F0E2C3FA476124759CDB340C7A98E326A4E4A4789E609E4600E3C299BE67E8BC665B9ABA272B008BF76843915C2B71AE4DEF40082BD5A52');
INSERT INTO "bodies" VALUES('haus','2026-11-22 13:00:00.000000','','','file:/tmp/tmp6hxt7tip/haus.ics',X'780185D1D14E83301406E0FB3E459F4069373576E1A294B34956CA2C0533EF3076099983A5745EF8323E8C2F2642324D4C58EFFE7392932F7F2358258A95824B5031D7281A3394A00C2A9298EDDBE6C33A8FF2224DB9DEB2956BBF3E6D87D7E31CD707CC5FDF6DE3516C72C3B55998E7240EE1E4DAA3BD8EAC7BAB1B46037A4B2899197217F40FC94C7093648A3D54A70E57079C566EDF5F805CE864336CA06EBCABBDC73B67EB2BD4EB5839AAFE118FAE7DB167E06648973084CE0DB99F4D60B42E24B0A586C7F009602DB70B9115CA84F349CBCE76BF5D2D7FC22509A581213753B5F4B59A2267822B015242FC1730F472FEBD6FE5A18924');
CREATE TABLE choosing_alliances (
	umbrella_id VARCHAR(80) NOT NULL, 
	since DATETIME NOT NULL, 
	CONSTRAINT pk_choosing_alliances PRIMARY KEY (umbrella_id)
);
INSERT INTO "choosing_alliances" VALUES('w5','2026-11-22 05:30:00.000000');
INSERT INTO "choosing_alliances" VALUES('w6','2026-11-22 06:30:00.000000');
CREATE TABLE corrections (
	id INTEGER NOT NULL, 
	event_id VARCHAR(40) NOT NULL, 
	field VARCHAR(20) NOT NULL, 
	value TEXT NOT NULL, 
	stated TEXT NOT NULL, 
	given_by TEXT NOT NULL, 
	why TEXT NOT NULL, 
	given_at DATETIME NOT NULL, 
	undone_at DATETIME, 
	CONSTRAINT pk_corrections PRIMARY KEY (id)
);
INSERT INTO "corrections" VALUES(7,'w7','w7','w7','w7','w7','w7','2026-11-22 07:30:00.000000','2026-11-22 07:30:00.000000');
INSERT INTO "corrections" VALUES(8,'w8','w8','w8','w8','w8','w8','2026-11-22 08:30:00.000000','2026-11-22 08:30:00.000000');
CREATE TABLE defects (
	source_id VARCHAR(80) NOT NULL, 
	fields TEXT NOT NULL, 
	CONSTRAINT pk_defects PRIMARY KEY (source_id), 
	CONSTRAINT fk_defects_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
INSERT INTO "defects" VALUES('chor','[]');
INSERT INTO "defects" VALUES('blog','[]');
CREATE TABLE digests (
	token VARCHAR(64) NOT NULL, 
	address VARCHAR NOT NULL, 
	"query" VARCHAR NOT NULL, 
	title TEXT NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	sent_week VARCHAR(8) NOT NULL, returned INTEGER DEFAULT '0' NOT NULL, returned_week VARCHAR(8), 
	CONSTRAINT pk_digests PRIMARY KEY (token), 
	CONSTRAINT uq_digests_address_query UNIQUE (address, "query")
);
INSERT INTO "digests" VALUES('w9','w9','w9','w9','w9','2026-11-22 09:30:00.000000','2026-11-22 09:30:00.000000','w9',9,'w9');
INSERT INTO "digests" VALUES('w10','w10','w10','w10','w10','2026-11-22 10:30:00.000000','2026-11-22 10:30:00.000000','w10',10,'w10');
CREATE TABLE event_initiatives (
	initiative VARCHAR(80) NOT NULL, 
	event_id VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_event_initiatives PRIMARY KEY (initiative, event_id), 
	CONSTRAINT fk_event_initiatives_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
);
INSERT INTO "event_initiatives" VALUES('chor','102c409907');
INSERT INTO "event_initiatives" VALUES('haus','102c409907');
INSERT INTO "event_initiatives" VALUES('chor','617540736b');
INSERT INTO "event_initiatives" VALUES('haus','617540736b');
INSERT INTO "event_initiatives" VALUES('chor','257e6ef397');
INSERT INTO "event_initiatives" VALUES('haus','257e6ef397');
CREATE TABLE event_languages (
	language VARCHAR(80) NOT NULL, 
	event_id VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_event_languages PRIMARY KEY (language, event_id), 
	CONSTRAINT fk_event_languages_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
);
INSERT INTO "event_languages" VALUES('w65','257e6ef397');
INSERT INTO "event_languages" VALUES('w66','102c409907');
CREATE TABLE event_topics (
	topic VARCHAR(80) NOT NULL, 
	event_id VARCHAR(40) NOT NULL, 
	CONSTRAINT pk_event_topics PRIMARY KEY (topic, event_id), 
	CONSTRAINT fk_event_topics_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
);
INSERT INTO "event_topics" VALUES('w67','257e6ef397');
INSERT INTO "event_topics" VALUES('w68','102c409907');
CREATE TABLE events (
	id VARCHAR(40) NOT NULL, 
	fields TEXT NOT NULL, 
	ics BLOB NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	title VARCHAR NOT NULL, 
	place VARCHAR NOT NULL, 
	place_name VARCHAR NOT NULL, 
	x FLOAT, 
	y FLOAT, 
	z FLOAT, 
	search_text VARCHAR NOT NULL, free BOOLEAN, accessible BOOLEAN, children BOOLEAN, online BOOLEAN, 
	CONSTRAINT pk_events PRIMARY KEY (id), 
	CONSTRAINT fk_events_id FOREIGN KEY(id) REFERENCES identities (id)
);
INSERT INTO "events" VALUES('617540736b','[{"title":"Probe","start":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"},"occurrences":[{"original":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"}},{"original":{"wall":"2026-12-01T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-01T19:30:00","zone":"Europe/Berlin"}},{"original":{"wall":"2026-12-08T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-08T19:30:00","zone":"Europe/Berlin"}},{"original":{"wall":"2026-12-15T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-15T19:30:00","zone":"Europe/Berlin"}}],"statements":[{"record":"chor.0401a0001021","source":"chor","initiative":"chor","title":"Probe","start":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"},"place":"Haus am Markt"},{"record":"haus.0401a0001021","source":"haus","initiative":"haus","title":"Probe","start":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"},"rule":"same_title_start_place","place":"Haus am Markt"}],"provenance":[["title","chor.0401a0001021"],["start","chor.0401a0001021"],["place","chor.0401a0001021"],["status","chor.0401a0001021"],["language","chor.0401a0001021"]],"recurrence":{"rules":["FREQ=WEEKLY;COUNT=4"]},"place":{"name":"Haus am Markt"},"initiatives":["chor","haus"],"language":"de"}]',X'424547494E3A564556454E540D0A53554D4D4152593A50726F62650D0A445453544152543B545A49443D4575726F70652F4265726C696E3A3230323631313234543139333030300D0A44545354414D503A3230323631313232543133303030305A0D0A5549443A36313735343037333662406B6C65696E2E6578616D706C652E6F72670D0A53455155454E43453A310D0A5252554C453A465245513D5745454B4C593B434F554E543D340D0A435245415445443A3230323631313232543131303030305A0D0A4445534352495054494F4E3A5175656C6C653A2043686F725C6E5175656C6C653A204861757320616D204D61726B740D0A4C4153542D4D4F4449464945443A3230323631313232543133303030305A0D0A4C4F434154494F4E3A4861757320616D204D61726B740D0A5354415455533A434F4E4649524D45440D0A55524C3A68747470733A2F2F6B6C65696E2E6578616D706C652E6F72672F6576656E742F363137353430373336620D0A454E443A564556454E540D0A','b8df40386b7f4283da67130c79a4e2b6','probe','haus am markt','Haus am Markt',NULL,NULL,NULL,'probe haus am markt  haus| markt| prob|',NULL,NULL,NULL,0);
INSERT INTO "events" VALUES('102c409907','[{"title":"Konzert im Advent","start":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"},"occurrences":[{"original":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"}}],"statements":[{"record":"chor.d7ba6a24b27e","source":"chor","initiative":"chor","title":"Konzert im Advent","start":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"},"place":"Haus am Markt"},{"record":"haus.d7ba6a24b27e","source":"haus","initiative":"haus","title":"Großes Konzert im Advent","start":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"},"rule":"same_title_start_place","place":"Haus am Markt"}],"provenance":[["title","chor.d7ba6a24b27e"],["start","chor.d7ba6a24b27e"],["description","chor.d7ba6a24b27e"],["place","chor.d7ba6a24b27e"],["status","chor.d7ba6a24b27e"],["language","chor.d7ba6a24b27e"],["free","chor.d7ba6a24b27e"]],"description":"Eintritt frei.","place":{"name":"Haus am Markt"},"initiatives":["chor","haus"],"language":"de","facts":{"free":{"reply":"yes","evidence":"Eintritt frei"}}}]',X'424547494E3A564556454E540D0A53554D4D4152593A4B6F6E7A65727420696D20416476656E740D0A445453544152543B545A49443D4575726F70652F4265726C696E3A3230323631323133543137303030300D0A44545354414D503A3230323631313232543131303030305A0D0A5549443A31303263343039393037406B6C65696E2E6578616D706C652E6F72670D0A53455155454E43453A300D0A435245415445443A3230323631313232543131303030305A0D0A4445534352495054494F4E3A45696E747269747420667265692E5C6E5C6E5175656C6C653A2043686F725C6E5175656C6C653A204861757320616D204D61726B740D0A4C4153542D4D4F4449464945443A3230323631313232543131303030305A0D0A4C4F434154494F4E3A4861757320616D204D61726B740D0A5354415455533A434F4E4649524D45440D0A55524C3A68747470733A2F2F6B6C65696E2E6578616D706C652E6F72672F6576656E742F313032633430393930370D0A454E443A564556454E540D0A','fdb6e96abd4bdc42e7d3fb589003e6dc','konzert im advent','haus am markt','Haus am Markt',NULL,NULL,NULL,'konzert im advent haus am markt eintritt frei advent| haus| konzert| markt|',1,NULL,NULL,0);
INSERT INTO "events" VALUES('257e6ef397','[{"title":"Fest","start":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"occurrences":[{"original":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"status":"cancelled"}],"statements":[{"record":"chor.2d40594151ff","source":"chor","initiative":"chor","title":"Fest","start":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"place":"Haus am Markt","status":"cancelled"},{"record":"haus.2d40594151ff","source":"haus","initiative":"haus","title":"Fest","start":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"rule":"same_title_start_place","place":"Haus am Markt","status":"cancelled"}],"provenance":[["title","chor.2d40594151ff"],["start","chor.2d40594151ff"],["place","chor.2d40594151ff"],["status","chor.2d40594151ff"],["language","chor.2d40594151ff"]],"status":"cancelled","place":{"name":"Haus am Markt"},"initiatives":["chor","haus"],"language":"de"}]',X'424547494E3A564556454E540D0A53554D4D4152593A41626765736167743A20466573740D0A445453544152543B545A49443D4575726F70652F4265726C696E3A3230323631323230543135303030300D0A44545354414D503A3230323631313232543133303030305A0D0A5549443A32353765366566333937406B6C65696E2E6578616D706C652E6F72670D0A53455155454E43453A300D0A435245415445443A3230323631313232543133303030305A0D0A4445534352495054494F4E3A5175656C6C653A2043686F725C6E5175656C6C653A204861757320616D204D61726B740D0A4C4153542D4D4F4449464945443A3230323631313232543133303030305A0D0A4C4F434154494F4E3A4861757320616D204D61726B740D0A5354415455533A43414E43454C4C45440D0A55524C3A68747470733A2F2F6B6C65696E2E6578616D706C652E6F72672F6576656E742F323537653665663339370D0A454E443A564556454E540D0A','0e8fea759907241d70d0cfaa3a4f7611','fest','haus am markt','Haus am Markt',NULL,NULL,NULL,'fest haus am markt  fest| haus| markt|',NULL,NULL,NULL,0);
CREATE TABLE feed_blocks (
	first VARCHAR(40) NOT NULL, 
	checksum BIGINT NOT NULL, 
	length INTEGER NOT NULL, 
	zones TEXT NOT NULL, 
	in_utc BOOLEAN NOT NULL, 
	deflated BLOB, 
	CONSTRAINT pk_feed_blocks PRIMARY KEY (first)
);
INSERT INTO "feed_blocks" VALUES('',189141138,1128,'["Europe/Berlin"]',0,X'BCD2DD6E82301407F07B12DE811798D0A2126B4C8670DC887C68292E1A6F70AB4A44301597654F3FDC96B90FB6B12D59EF9AD39E9EFF2FEDC385E393094CC067B214469E67D22919E6D93D1785926C15F3E69667852CD92C6426655D3673EC1E1C44BEE36A9F8B34C908D6701B61A4336468E57A3EEB8D9E0A086386D0B13093A5C8B109D2F07553EB7434E37C93F2246BF0BB78BB4B792317AB72041847E05B40CA3E160593815DD1C786D0A2CE8839814F20C90A911485B2143C69CCB379363EF034E544B1D6B938ED2EE3C35E89B78A178B4D19C8354376E605B633702A9F7003CB7CECFFEE5E198D4521B1027FE0500FEC321475C9BA28767BA2AA1F12A9FCE8A79E42CB12F8F68B78BFD2DF5CACF83E5E154419F07D1D7CAC31D4FA0C5F7F858F5B066FF3A5DEF905BE5E81FF276ABD26B5598EE4BA75A94F11EB508F44BEE0DF0B23DC64A8A3D7106E23A3D5D40CBDBDF85218C912A5910B644061DCBB0218BAD3AE15443EEB35EBFEFC7FC1FFD93F3FA57F8BFF000000FFFF');
CREATE TABLE feed_counts (
	day DATE NOT NULL, 
	feed VARCHAR(40) NOT NULL, 
	number INTEGER NOT NULL, 
	CONSTRAINT pk_feed_counts PRIMARY KEY (day, feed)
);
INSERT INTO "feed_counts" VALUES('2026-11-12','w11',11);
INSERT INTO "feed_counts" VALUES('2026-11-13','w12',12);
CREATE TABLE fetch_log (
	id INTEGER NOT NULL, 
	source_id VARCHAR(80) NOT NULL, 
	at DATETIME NOT NULL, 
	outcome VARCHAR(12) NOT NULL, 
	error_class VARCHAR(16) NOT NULL, 
	detail TEXT NOT NULL, 
	added INTEGER NOT NULL, 
	changed INTEGER NOT NULL, 
	withdrawn INTEGER NOT NULL, 
	skipped INTEGER NOT NULL, 
	milliseconds INTEGER NOT NULL, 
	CONSTRAINT pk_fetch_log PRIMARY KEY (id), 
	CONSTRAINT fk_fetch_log_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
INSERT INTO "fetch_log" VALUES(1,'chor','2026-11-22 11:00:00.000000','updated','','',3,0,0,0,1940);
INSERT INTO "fetch_log" VALUES(2,'blog','2026-11-22 11:00:00.000000','updated','','',1,0,0,0,1993);
INSERT INTO "fetch_log" VALUES(3,'haus','2026-11-22 11:00:00.000000','updated','','',1,0,0,0,2003);
INSERT INTO "fetch_log" VALUES(4,'haus','2026-11-22 13:00:00.000000','updated','','',2,0,0,0,1335);
INSERT INTO "fetch_log" VALUES(5,'chor','2026-11-22 13:00:00.000000','updated','','',1,1,1,0,1365);
CREATE TABLE generation (
	id INTEGER NOT NULL, 
	value BIGINT NOT NULL, 
	CONSTRAINT pk_generation PRIMARY KEY (id)
);
INSERT INTO "generation" VALUES(1,529478218195);
CREATE TABLE held_answers (
	source_id VARCHAR(80) NOT NULL, 
	lost TEXT NOT NULL, 
	verdict VARCHAR(8) NOT NULL, 
	given_by TEXT NOT NULL, 
	noted_at DATETIME NOT NULL, 
	CONSTRAINT pk_held_answers PRIMARY KEY (source_id)
);
INSERT INTO "held_answers" VALUES('w13','w13','w13','w13','2026-11-22 13:30:00.000000');
INSERT INTO "held_answers" VALUES('w14','w14','w14','w14','2026-11-22 14:30:00.000000');
CREATE TABLE held_matches (
	left_id VARCHAR(120) NOT NULL, 
	right_id VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_held_matches PRIMARY KEY (left_id, right_id)
);
INSERT INTO "held_matches" VALUES('w15','w15');
INSERT INTO "held_matches" VALUES('w16','w16');
CREATE TABLE history (
	id INTEGER NOT NULL, 
	event_id VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	fields TEXT NOT NULL, 
	CONSTRAINT pk_history PRIMARY KEY (id), 
	CONSTRAINT fk_history_event_id FOREIGN KEY(event_id) REFERENCES identities (id)
);
INSERT INTO "history" VALUES(1,'617540736b','2026-11-22 13:00:00.000000','[[{"field":"occurrence","before":"2026-12-01 19:30 2026-12-01 20:00, Probe im Saal","after":"2026-12-01 19:30"}]]');
CREATE TABLE identities (
	id VARCHAR(40) NOT NULL, 
	uid VARCHAR(200) NOT NULL, 
	founder VARCHAR(120) NOT NULL, 
	sequence INTEGER NOT NULL, 
	created_at DATETIME NOT NULL, 
	modified_at DATETIME NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	merged_into VARCHAR(40), 
	CONSTRAINT pk_identities PRIMARY KEY (id), 
	CONSTRAINT uq_identities_uid UNIQUE (uid)
);
INSERT INTO "identities" VALUES('617540736b','617540736b@klein.example.org','chor.0401a0001021',1,'2026-11-22 11:00:00.000000','2026-11-22 13:00:00.000000','5381f45379d025bdba09c184660f4e34',NULL);
INSERT INTO "identities" VALUES('102c409907','102c409907@klein.example.org','chor.d7ba6a24b27e',0,'2026-11-22 11:00:00.000000','2026-11-22 11:00:00.000000','8aa64ee6c0e3fee6a03cba64b7c38be0',NULL);
INSERT INTO "identities" VALUES('257e6ef397','257e6ef397@klein.example.org','chor.2d40594151ff',0,'2026-11-22 13:00:00.000000','2026-11-22 13:00:00.000000','82679e1fd282107c4d6b346bbd9703c9',NULL);
CREATE TABLE initiatives (
	id VARCHAR(80) NOT NULL, 
	position INTEGER NOT NULL, 
	fields TEXT NOT NULL, 
	search_text VARCHAR NOT NULL, umbrella VARCHAR(80), origin VARCHAR(8) DEFAULT 'file' NOT NULL, withdrawn_at DATETIME, 
	CONSTRAINT pk_initiatives PRIMARY KEY (id)
);
INSERT INTO "initiatives" VALUES('chor',0,'[{"id":"chor","name":"Chor"}]','chor',NULL,'file',NULL);
INSERT INTO "initiatives" VALUES('haus',1,'[{"id":"haus","name":"Haus am Markt"}]','haus am markt',NULL,'file',NULL);
INSERT INTO "initiatives" VALUES('blog',2,'[{"id":"blog","name":"Grüne Gruppe"}]','gruene gruppe',NULL,'file',NULL);
CREATE TABLE invitations (
	umbrella_id VARCHAR(80) NOT NULL, 
	token VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_invitations PRIMARY KEY (umbrella_id), 
	CONSTRAINT uq_invitations_token UNIQUE (token)
);
INSERT INTO "invitations" VALUES('w17','w17','2026-11-22 17:30:00.000000');
INSERT INTO "invitations" VALUES('w18','w18','2026-11-22 18:30:00.000000');
CREATE TABLE jobs (
	id VARCHAR(32) NOT NULL, 
	kind VARCHAR(12) NOT NULL, 
	payload TEXT NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	result TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	finished_at DATETIME, 
	priority INTEGER NOT NULL, 
	CONSTRAINT pk_jobs PRIMARY KEY (id)
);
INSERT INTO "jobs" VALUES('w19','w19','w19','w19','w19','2026-11-22 19:30:00.000000','2026-11-22 19:30:00.000000',19);
INSERT INTO "jobs" VALUES('w20','w20','w20','w20','w20','2026-11-22 20:30:00.000000','2026-11-22 20:30:00.000000',20);
CREATE TABLE judged_suggestions (
	id VARCHAR(32) NOT NULL, 
	initiative_id VARCHAR(80) NOT NULL, 
	title TEXT NOT NULL, 
	answer VARCHAR(12) NOT NULL, 
	given_by TEXT NOT NULL, 
	given_at DATETIME NOT NULL, 
	own_source_id VARCHAR(80) NOT NULL, 
	date_id VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_judged_suggestions PRIMARY KEY (id)
);
INSERT INTO "judged_suggestions" VALUES('w21','w21','w21','w21','w21','2026-11-22 21:30:00.000000','w21','w21');
INSERT INTO "judged_suggestions" VALUES('w22','w22','w22','w22','w22','2026-11-22 22:30:00.000000','w22','w22');
CREATE TABLE known_places (
	id INTEGER NOT NULL, 
	fields TEXT NOT NULL, 
	given_by TEXT NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_known_places PRIMARY KEY (id)
);
INSERT INTO "known_places" VALUES(23,'[{"name": "Haus am Markt"}]','w23','2026-11-22 23:30:00.000000');
INSERT INTO "known_places" VALUES(24,'[{"name": "Haus am Markt"}]','w24','2026-11-22 00:30:00.000000');
CREATE TABLE lessons (
	id INTEGER NOT NULL, 
	learnt_at DATETIME NOT NULL, 
	frame VARCHAR(64) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	records INTEGER NOT NULL, 
	since INTEGER NOT NULL, 
	fields BLOB NOT NULL, 
	CONSTRAINT pk_lessons PRIMARY KEY (id)
);
INSERT INTO "lessons" VALUES(1,'2026-11-22 13:00:00.000000','eed84d83c7f61372','edec7b9a25188529d0570858bbdb211e',8,0,X'78017550CD6EC2300C7E15E4730E8503D3FA2A550EA61852B13828353051E5DD7130EB54A69DF2C5F9FEE26E8240B81FA1EDE094F84E59C0C139A71DE989FB2B711D44CC2701EF20A4484A9EA00F29430B012FE30AE3CA08FAAEF73FE3E2E08877122152CD0443CDD3E085F6DD4B45E94C3CF071266BC9AEB308ED1617BD165EDEAB9AF155F52DC71C7E4BFBA2E43E5D589E41C8ACB8A7A83FD7C1D6810CF2659F3ED028D06EDCBCAA8A6D5915DD68088C7DA81CF514FA36CB5966DB51CB9F555795ADAE06FDEB340A66B3FA6C9A678175B37981F54705A514FF0007A19553');
CREATE TABLE limits (
	id INTEGER NOT NULL, 
	what VARCHAR(20) NOT NULL, 
	whom VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_limits PRIMARY KEY (id)
);
INSERT INTO "limits" VALUES(25,'w25','w25','2026-11-22 01:30:00.000000');
INSERT INTO "limits" VALUES(26,'w26','w26','2026-11-22 02:30:00.000000');
CREATE TABLE mailed (
	source_id VARCHAR(80) NOT NULL, 
	purpose VARCHAR(20) NOT NULL, 
	incident VARCHAR(40) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_mailed PRIMARY KEY (source_id, purpose, incident)
);
INSERT INTO "mailed" VALUES('w27','w27','w27','2026-11-22 03:30:00.000000');
INSERT INTO "mailed" VALUES('w28','w28','w28','2026-11-22 04:30:00.000000');
CREATE TABLE mails (
	id INTEGER NOT NULL, 
	purpose VARCHAR(20) NOT NULL, 
	recipient VARCHAR NOT NULL, 
	fields TEXT NOT NULL, 
	queued_at DATETIME NOT NULL, 
	next_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	handed_at DATETIME, 
	sent_at DATETIME, 
	given_up_at DATETIME, 
	error TEXT NOT NULL, 
	CONSTRAINT pk_mails PRIMARY KEY (id)
);
INSERT INTO "mails" VALUES(29,'w29','w29','w29','2026-11-22 05:30:00.000000','2026-11-22 05:30:00.000000',29,'2026-11-22 05:30:00.000000','2026-11-22 05:30:00.000000','2026-11-22 05:30:00.000000','w29');
INSERT INTO "mails" VALUES(30,'w30','w30','w30','2026-11-22 06:30:00.000000','2026-11-22 06:30:00.000000',30,'2026-11-22 06:30:00.000000','2026-11-22 06:30:00.000000','2026-11-22 06:30:00.000000','w30');
CREATE TABLE match_keys (
	record_id VARCHAR(120) NOT NULL, 
	kind SMALLINT NOT NULL, 
	"key" BIGINT NOT NULL, 
	CONSTRAINT pk_match_keys PRIMARY KEY (record_id, kind, "key")
);
INSERT INTO "match_keys" VALUES('blog.42cbd8a32d78',6,7010534044223132380);
INSERT INTO "match_keys" VALUES('chor.0401a0001021',3,1543502636758116246);
INSERT INTO "match_keys" VALUES('chor.2d40594151ff',3,6910437702182791261);
INSERT INTO "match_keys" VALUES('chor.8363b37e23e6',4,7887019715232850385);
INSERT INTO "match_keys" VALUES('chor.d7ba6a24b27e',3,4705183171284643845);
INSERT INTO "match_keys" VALUES('haus.0401a0001021',3,2224122542457905664);
INSERT INTO "match_keys" VALUES('haus.2d40594151ff',3,645869082599290537);
INSERT INTO "match_keys" VALUES('haus.d7ba6a24b27e',3,6718942540132459176);
INSERT INTO "match_keys" VALUES('chor.d7ba6a24b27e',1,5627451148934724387);
INSERT INTO "match_keys" VALUES('haus.d7ba6a24b27e',1,5627451148934724387);
INSERT INTO "match_keys" VALUES('chor.2d40594151ff',1,2422106552504131510);
INSERT INTO "match_keys" VALUES('haus.2d40594151ff',1,2422106552504131510);
INSERT INTO "match_keys" VALUES('chor.d7ba6a24b27e',1,2674052993580353679);
INSERT INTO "match_keys" VALUES('haus.d7ba6a24b27e',1,2674052993580353679);
INSERT INTO "match_keys" VALUES('chor.0401a0001021',1,8464762420162366425);
INSERT INTO "match_keys" VALUES('haus.0401a0001021',1,8464762420162366425);
CREATE TABLE members (
	record_id VARCHAR(120) NOT NULL, 
	event_id VARCHAR(40) NOT NULL, 
	relation VARCHAR(12) NOT NULL, 
	occurrence VARCHAR(40) NOT NULL, 
	rule VARCHAR(40) NOT NULL, 
	matched_with VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_members PRIMARY KEY (record_id), 
	CONSTRAINT fk_members_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
);
INSERT INTO "members" VALUES('chor.d7ba6a24b27e','102c409907','same','','same_title_start_place','haus.d7ba6a24b27e');
INSERT INTO "members" VALUES('haus.d7ba6a24b27e','102c409907','same','','same_title_start_place','chor.d7ba6a24b27e');
INSERT INTO "members" VALUES('chor.0401a0001021','617540736b','same','','same_title_start_place','haus.0401a0001021');
INSERT INTO "members" VALUES('chor.8363b37e23e6','617540736b','instance_of','2026-12-01T19:30:00+01:00','override','chor.0401a0001021');
INSERT INTO "members" VALUES('haus.0401a0001021','617540736b','same','','same_title_start_place','chor.0401a0001021');
INSERT INTO "members" VALUES('chor.2d40594151ff','257e6ef397','same','','same_title_start_place','haus.2d40594151ff');
INSERT INTO "members" VALUES('haus.2d40594151ff','257e6ef397','same','','same_title_start_place','chor.2d40594151ff');
CREATE TABLE memberships (
	umbrella_id VARCHAR(80) NOT NULL, 
	initiative_id VARCHAR(80) NOT NULL, 
	asked_at DATETIME NOT NULL, 
	approved_at DATETIME, 
	CONSTRAINT pk_memberships PRIMARY KEY (umbrella_id, initiative_id)
);
INSERT INTO "memberships" VALUES('w31','w31','2026-11-22 07:30:00.000000','2026-11-22 07:30:00.000000');
INSERT INTO "memberships" VALUES('w32','w32','2026-11-22 08:30:00.000000','2026-11-22 08:30:00.000000');
CREATE TABLE occurrences (
	event_id VARCHAR(40) NOT NULL, 
	position INTEGER NOT NULL, 
	start_at DATETIME NOT NULL, 
	end_at DATETIME NOT NULL, 
	first_day DATE NOT NULL, 
	last_day DATE NOT NULL, 
	all_day BOOLEAN NOT NULL, weekdays INTEGER, start_minute INTEGER, 
	CONSTRAINT pk_occurrences PRIMARY KEY (event_id, position), 
	CONSTRAINT fk_occurrences_event_id FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
);
INSERT INTO "occurrences" VALUES('102c409907',0,'2026-12-13 16:00:00.000000','2026-12-13 18:00:00.000000','2026-12-13','2026-12-13',0,64,1020);
INSERT INTO "occurrences" VALUES('617540736b',0,'2026-11-24 18:30:00.000000','2026-11-24 20:30:00.000000','2026-11-24','2026-11-24',0,2,1170);
INSERT INTO "occurrences" VALUES('617540736b',1,'2026-12-01 18:30:00.000000','2026-12-01 20:30:00.000000','2026-12-01','2026-12-01',0,2,1170);
INSERT INTO "occurrences" VALUES('617540736b',2,'2026-12-08 18:30:00.000000','2026-12-08 20:30:00.000000','2026-12-08','2026-12-08',0,2,1170);
INSERT INTO "occurrences" VALUES('617540736b',3,'2026-12-15 18:30:00.000000','2026-12-15 20:30:00.000000','2026-12-15','2026-12-15',0,2,1170);
INSERT INTO "occurrences" VALUES('257e6ef397',0,'2026-12-20 14:00:00.000000','2026-12-20 16:00:00.000000','2026-12-20','2026-12-20',0,64,900);
CREATE TABLE operator_sessions (
	token_digest VARCHAR(64) NOT NULL, 
	operator VARCHAR(80) NOT NULL, 
	created_at DATETIME NOT NULL, 
	seen_at DATETIME NOT NULL, 
	CONSTRAINT pk_operator_sessions PRIMARY KEY (token_digest)
);
INSERT INTO "operator_sessions" VALUES('w33','w33','2026-11-22 09:30:00.000000','2026-11-22 09:30:00.000000');
INSERT INTO "operator_sessions" VALUES('w34','w34','2026-11-22 10:30:00.000000','2026-11-22 10:30:00.000000');
CREATE TABLE operators (
	name VARCHAR(80) NOT NULL, 
	password TEXT NOT NULL, 
	email TEXT NOT NULL, 
	second_factor TEXT NOT NULL, 
	last_step BIGINT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_operators PRIMARY KEY (name)
);
INSERT INTO "operators" VALUES('w35','w35','w35','w35',35,'2026-11-22 11:30:00.000000');
INSERT INTO "operators" VALUES('w36','w36','w36','w36',36,'2026-11-22 12:30:00.000000');
CREATE TABLE outlines (
	source_id VARCHAR(80) NOT NULL, 
	basis BLOB NOT NULL, 
	CONSTRAINT pk_outlines PRIMARY KEY (source_id), 
	CONSTRAINT fk_outlines_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
INSERT INTO "outlines" VALUES('chor',X'773631');
INSERT INTO "outlines" VALUES('blog',X'773632');
CREATE TABLE own_dates (
	id VARCHAR(32) NOT NULL, 
	source_id VARCHAR(80) NOT NULL, 
	fields TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	CONSTRAINT pk_own_dates PRIMARY KEY (id)
);
INSERT INTO "own_dates" VALUES('w37','w37','w37','2026-11-22 13:30:00.000000','2026-11-22 13:30:00.000000');
INSERT INTO "own_dates" VALUES('w38','w38','w38','2026-11-22 14:30:00.000000','2026-11-22 14:30:00.000000');
CREATE TABLE owner_links (
	token_digest VARCHAR(64) NOT NULL, 
	initiative_id VARCHAR(80) NOT NULL, 
	email TEXT NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	created_at DATETIME NOT NULL, 
	expires_at DATETIME NOT NULL, 
	used_at DATETIME, 
	revoked_at DATETIME, 
	CONSTRAINT pk_owner_links PRIMARY KEY (token_digest)
);
INSERT INTO "owner_links" VALUES('w39','w39','w39','w39','2026-11-22 15:30:00.000000','2026-11-22 15:30:00.000000','2026-11-22 15:30:00.000000','2026-11-22 15:30:00.000000');
INSERT INTO "owner_links" VALUES('w40','w40','w40','w40','2026-11-22 16:30:00.000000','2026-11-22 16:30:00.000000','2026-11-22 16:30:00.000000','2026-11-22 16:30:00.000000');
CREATE TABLE pages (
	name VARCHAR(20) NOT NULL, 
	language VARCHAR(8) NOT NULL, 
	text TEXT NOT NULL, 
	given_by TEXT NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_pages PRIMARY KEY (name, language)
);
INSERT INTO "pages" VALUES('w41','w41','w41','w41','2026-11-22 17:30:00.000000');
INSERT INTO "pages" VALUES('w42','w42','w42','w42','2026-11-22 18:30:00.000000');
CREATE TABLE pictures (
	initiative_id VARCHAR(80) NOT NULL, 
	digest VARCHAR(64) NOT NULL, 
	media_type VARCHAR(40) NOT NULL, 
	alt TEXT NOT NULL, 
	licence TEXT NOT NULL, 
	content BLOB NOT NULL, 
	CONSTRAINT pk_pictures PRIMARY KEY (initiative_id)
);
INSERT INTO "pictures" VALUES('w43','w43','w43','w43','w43',X'773433');
INSERT INTO "pictures" VALUES('w44','w44','w44','w44','w44',X'773434');
CREATE TABLE questions (
	left_id VARCHAR(120) NOT NULL, 
	right_id VARCHAR(120) NOT NULL, 
	score FLOAT NOT NULL, 
	fields TEXT NOT NULL, 
	CONSTRAINT pk_questions PRIMARY KEY (left_id, right_id)
);
INSERT INTO "questions" VALUES('w45','w45',45.5,'w45');
INSERT INTO "questions" VALUES('w46','w46',46.5,'w46');
CREATE TABLE records (
	id VARCHAR(120) NOT NULL, 
	source_id VARCHAR(80) NOT NULL, 
	fields TEXT NOT NULL, 
	fingerprint VARCHAR(64) NOT NULL, 
	is_notice BOOLEAN NOT NULL, 
	first_seen DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	missing_since DATETIME, 
	withdrawn_at DATETIME, due_day DATE, 
	CONSTRAINT pk_records PRIMARY KEY (id), 
	CONSTRAINT fk_records_source_id FOREIGN KEY(source_id) REFERENCES sources (id)
);
INSERT INTO "records" VALUES('chor.d7ba6a24b27e','chor','[{"id":"chor.d7ba6a24b27e","key":"uid:konzert","source":"chor","kind":"vevent","title":"Konzert im Advent","stated_title":"Konzert im Advent","fingerprint":"804fa48fbb055e44f35689503dffb060","uid":"konzert","description":"Eintritt frei.","start":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"},"occurrences":[{"original":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"}}],"place":{"name":"Haus am Markt"},"language":"de","facts":{"free":{"reply":"yes","evidence":"Eintritt frei"}}}]','804fa48fbb055e44f35689503dffb060',0,'2026-11-22 11:00:00.000000','2026-11-22 11:00:00.000000',NULL,NULL,NULL);
INSERT INTO "records" VALUES('chor.0401a0001021','chor','[{"id":"chor.0401a0001021","key":"uid:probe","source":"chor","kind":"vevent-series","title":"Probe","stated_title":"Probe","fingerprint":"9c371b9958d6d8cce9f7861920d3d66a","uid":"probe","start":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"},"recurrence":{"rules":["FREQ=WEEKLY;COUNT=4"]},"occurrences":[{"original":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"}},{"original":{"wall":"2026-12-01T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-01T19:30:00","zone":"Europe/Berlin"}},{"original":{"wall":"2026-12-08T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-08T19:30:00","zone":"Europe/Berlin"}},{"original":{"wall":"2026-12-15T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-15T19:30:00","zone":"Europe/Berlin"}}],"place":{"name":"Haus am Markt"},"language":"de"}]','9c371b9958d6d8cce9f7861920d3d66a',0,'2026-11-22 11:00:00.000000','2026-11-22 13:00:00.000000',NULL,NULL,NULL);
INSERT INTO "records" VALUES('chor.8363b37e23e6','chor','[{"id":"chor.8363b37e23e6","key":"uid:probe#20261201T183000Z","source":"chor","kind":"vevent-override","title":"Probe im Saal","stated_title":"Probe im Saal","fingerprint":"24be19a620d2186d66866b449b29b1ba","uid":"probe","start":{"wall":"2026-12-01T20:00:00","zone":"Europe/Berlin"},"series":"chor.0401a0001021","original":{"wall":"2026-12-01T19:30:00","zone":"Europe/Berlin"},"place":{"name":"Haus am Markt"},"language":"de"}]','24be19a620d2186d66866b449b29b1ba',0,'2026-11-22 11:00:00.000000','2026-11-22 11:00:00.000000',NULL,'2026-11-22 13:00:00.000000',NULL);
INSERT INTO "records" VALUES('blog.42cbd8a32d78','blog','[{"id":"blog.42cbd8a32d78","key":"guid:1","source":"blog","kind":"rss","title":"Helfende gesucht","stated_title":"Helfende gesucht","fingerprint":"3d90d52e632a04039bf84bb455d895c9","guid":"1","link":"https://b.example.org/1","description":"Wir suchen Leute für den Garten.","language":"de"}]','3d90d52e632a04039bf84bb455d895c9',1,'2026-11-22 11:00:00.000000','2026-11-22 11:00:00.000000',NULL,NULL,NULL);
INSERT INTO "records" VALUES('haus.d7ba6a24b27e','haus','[{"id":"haus.d7ba6a24b27e","key":"uid:konzert","source":"haus","kind":"vevent","title":"Großes Konzert im Advent","stated_title":"Großes Konzert im Advent","fingerprint":"7d0e3c935d5bdaad517c50a8b42eeed5","uid":"konzert","description":"Eintritt frei.","start":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"},"occurrences":[{"original":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-13T17:00:00","zone":"Europe/Berlin"}}],"place":{"name":"Haus am Markt"},"language":"de","facts":{"free":{"reply":"yes","evidence":"Eintritt frei"}}}]','7d0e3c935d5bdaad517c50a8b42eeed5',0,'2026-11-22 11:00:00.000000','2026-11-22 11:00:00.000000',NULL,NULL,NULL);
INSERT INTO "records" VALUES('haus.0401a0001021','haus','[{"id":"haus.0401a0001021","key":"uid:probe","source":"haus","kind":"vevent-series","title":"Probe","stated_title":"Probe","fingerprint":"f23cf9c6f2fae7405fcec685da79b087","uid":"probe","start":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"},"recurrence":{"rules":["FREQ=WEEKLY;COUNT=4"]},"occurrences":[{"original":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-11-24T19:30:00","zone":"Europe/Berlin"}},{"original":{"wall":"2026-12-01T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-01T19:30:00","zone":"Europe/Berlin"}},{"original":{"wall":"2026-12-08T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-08T19:30:00","zone":"Europe/Berlin"}},{"original":{"wall":"2026-12-15T19:30:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-15T19:30:00","zone":"Europe/Berlin"}}],"place":{"name":"Haus am Markt"},"language":"de"}]','f23cf9c6f2fae7405fcec685da79b087',0,'2026-11-22 13:00:00.000000','2026-11-22 13:00:00.000000',NULL,NULL,NULL);
INSERT INTO "records" VALUES('haus.2d40594151ff','haus','[{"id":"haus.2d40594151ff","key":"uid:fest","source":"haus","kind":"vevent","title":"Fest","stated_title":"Fest","fingerprint":"6611811f7a117eeeebf212de6d833bd6","uid":"fest","start":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"occurrences":[{"original":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"status":"cancelled"}],"status":"cancelled","place":{"name":"Haus am Markt"},"language":"de"}]','6611811f7a117eeeebf212de6d833bd6',0,'2026-11-22 13:00:00.000000','2026-11-22 13:00:00.000000',NULL,NULL,NULL);
INSERT INTO "records" VALUES('chor.2d40594151ff','chor','[{"id":"chor.2d40594151ff","key":"uid:fest","source":"chor","kind":"vevent","title":"Fest","stated_title":"Fest","fingerprint":"d551ed02957645c04ed297e1129f2952","uid":"fest","start":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"occurrences":[{"original":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"start":{"wall":"2026-12-20T15:00:00","zone":"Europe/Berlin"},"status":"cancelled"}],"status":"cancelled","place":{"name":"Haus am Markt"},"language":"de"}]','d551ed02957645c04ed297e1129f2952',0,'2026-11-22 13:00:00.000000','2026-11-22 13:00:00.000000',NULL,NULL,NULL);
CREATE TABLE registrations (
	id VARCHAR(32) NOT NULL, 
	state VARCHAR(12) NOT NULL, 
	fields TEXT NOT NULL, 
	token_digest VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, 
	confirmed_at DATETIME, 
	decided_at DATETIME, 
	decided_by TEXT NOT NULL, 
	why TEXT NOT NULL, 
	initiative_id VARCHAR(80), 
	CONSTRAINT pk_registrations PRIMARY KEY (id)
);
INSERT INTO "registrations" VALUES('w47','w47','w47','w47','2026-11-22 23:30:00.000000','2026-11-22 23:30:00.000000','2026-11-22 23:30:00.000000','w47','w47','w47');
INSERT INTO "registrations" VALUES('w48','w48','w48','w48','2026-11-22 00:30:00.000000','2026-11-22 00:30:00.000000','2026-11-22 00:30:00.000000','w48','w48','w48');
CREATE TABLE reports (
	id INTEGER NOT NULL, 
	event_id VARCHAR(40) NOT NULL, 
	fields TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	done_at DATETIME, 
	CONSTRAINT pk_reports PRIMARY KEY (id), 
	CONSTRAINT fk_reports_event_id FOREIGN KEY(event_id) REFERENCES identities (id)
);
INSERT INTO "reports" VALUES(63,'257e6ef397','w63','2026-11-22 15:30:00.000000','2026-11-22 15:30:00.000000');
INSERT INTO "reports" VALUES(64,'102c409907','w64','2026-11-22 16:30:00.000000','2026-11-22 16:30:00.000000');
CREATE TABLE saved_filters (
	name VARCHAR(40) NOT NULL, 
	initiative_id VARCHAR(80) NOT NULL, 
	title TEXT NOT NULL, 
	"query" TEXT NOT NULL, 
	created_at DATETIME NOT NULL, 
	CONSTRAINT pk_saved_filters PRIMARY KEY (name)
);
INSERT INTO "saved_filters" VALUES('w49','w49','w49','w49','2026-11-22 01:30:00.000000');
INSERT INTO "saved_filters" VALUES('w50','w50','w50','w50','2026-11-22 02:30:00.000000');
CREATE TABLE sources (
	id VARCHAR(80) NOT NULL, 
	origin VARCHAR(8) NOT NULL, 
	active BOOLEAN NOT NULL, 
	position INTEGER NOT NULL, 
	fields TEXT NOT NULL, 
	state TEXT NOT NULL, next_at DATETIME, is_troubled BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_sources PRIMARY KEY (id)
);
INSERT INTO "sources" VALUES('chor','file',1,0,'[{"id":"chor","initiative":"chor","url":"file:/tmp/tmp6hxt7tip/chor.ics"}]','[{"validators":{"etag":"\"1795398614659972840-454\""},"body_hash":"12f6c00c339a45bc9ffa863aaed23ae53b0ce54242e9838f2e2f769c4ade774e","next_at":"2026-11-22T14:02:39.762075Z","last_attempt_at":"2026-11-22T13:00:00Z","last_success_at":"2026-11-22T13:00:00Z","last_full_at":"2026-11-22T13:00:00Z","expanded_on":"2025-11-21"}]','2026-11-22 14:02:39.762075',0);
INSERT INTO "sources" VALUES('haus','file',1,1,'[{"id":"haus","initiative":"haus","url":"file:/tmp/tmp6hxt7tip/haus.ics","priority":2}]','[{"validators":{"etag":"\"1795398614660169870-462\""},"body_hash":"aa0e7fbc60d057fec04e35afd9b91e0f2d6d091d6d1d6fa0303590cfedc1b012","next_at":"2026-11-22T14:05:08.737538Z","last_attempt_at":"2026-11-22T13:00:00Z","last_success_at":"2026-11-22T13:00:00Z","last_full_at":"2026-11-22T13:00:00Z","expanded_on":"2025-11-21"}]','2026-11-22 14:05:08.737538',0);
INSERT INTO "sources" VALUES('blog','file',1,2,'[{"id":"blog","initiative":"blog","url":"file:/tmp/tmp6hxt7tip/blog.xml"}]','[{"validators":{"etag":"\"1795398607027236073-253\""},"body_hash":"469aec6e4d4afe2f9e802f5ab7a88e7e8e213aee9daaf7e9f2eb21f6bb89e307","next_at":"2026-11-22T14:01:34.125817Z","last_attempt_at":"2026-11-22T13:00:00Z","last_success_at":"2026-11-22T13:00:00Z","last_full_at":"2026-11-22T11:00:00Z","expanded_on":"2025-11-21"}]','2026-11-22 14:01:34.125817',0);
CREATE TABLE ticks (
	id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	free_bytes BIGINT NOT NULL, 
	CONSTRAINT pk_ticks PRIMARY KEY (id)
);
INSERT INTO "ticks" VALUES(51,'2026-11-22 03:30:00.000000',51);
INSERT INTO "ticks" VALUES(52,'2026-11-22 04:30:00.000000',52);
CREATE TABLE topic_words (
	word VARCHAR(80) NOT NULL, 
	topic VARCHAR(80) NOT NULL, 
	written TEXT NOT NULL, 
	given_by TEXT NOT NULL, 
	given_at DATETIME NOT NULL, 
	CONSTRAINT pk_topic_words PRIMARY KEY (word)
);
INSERT INTO "topic_words" VALUES('w53','w53','w53','w53','2026-11-22 05:30:00.000000');
INSERT INTO "topic_words" VALUES('w54','w54','w54','w54','2026-11-22 06:30:00.000000');
CREATE TABLE touched (
	id INTEGER NOT NULL, 
	record_id VARCHAR(120) NOT NULL, 
	CONSTRAINT pk_touched PRIMARY KEY (id)
);
INSERT INTO "touched" VALUES(55,'w55');
INSERT INTO "touched" VALUES(56,'w56');
CREATE TABLE verdicts (
	id INTEGER NOT NULL, 
	left_id VARCHAR(120) NOT NULL, 
	right_id VARCHAR(120) NOT NULL, 
	verdict VARCHAR(12) NOT NULL, 
	given_by TEXT NOT NULL, 
	why TEXT NOT NULL, 
	given_at DATETIME NOT NULL, 
	undone_at DATETIME, 
	CONSTRAINT pk_verdicts PRIMARY KEY (id)
);
INSERT INTO "verdicts" VALUES(57,'w57','w57','w57','w57','w57','2026-11-22 09:30:00.000000','2026-11-22 09:30:00.000000');
INSERT INTO "verdicts" VALUES(58,'w58','w58','w58','w58','w58','2026-11-22 10:30:00.000000','2026-11-22 10:30:00.000000');
CREATE INDEX ix_fetch_log_at ON fetch_log (at);
CREATE INDEX ix_fetch_log_source_id_at ON fetch_log (source_id, at);
CREATE INDEX ix_records_source_id ON records (source_id);
CREATE INDEX ix_verdicts_left_id_right_id ON verdicts (left_id, right_id);
CREATE INDEX ix_identities_modified_at ON identities (modified_at);
CREATE INDEX ix_history_event_id ON history (event_id);
CREATE INDEX ix_members_event_id ON members (event_id);
CREATE INDEX ix_occurrences_long ON occurrences (last_day, first_day) WHERE last_day > first_day;
CREATE INDEX ix_records_due_day ON records (due_day);
CREATE INDEX ix_mails_next_at ON mails (next_at);
CREATE INDEX ix_limits_at ON limits (at);
CREATE INDEX ix_limits_what_whom_at ON limits (what, whom, at);
CREATE INDEX ix_reports_event_id ON reports (event_id);
CREATE INDEX ix_mailed_at ON mailed (at);
CREATE INDEX ix_jobs_created_at ON jobs (created_at);
CREATE INDEX ix_jobs_state_priority_created_at ON jobs (state, priority, created_at);
CREATE INDEX ix_registrations_token_digest ON registrations (token_digest);
CREATE INDEX ix_registrations_state_created_at ON registrations (state, created_at);
CREATE INDEX ix_owner_links_initiative_id ON owner_links (initiative_id);
CREATE INDEX ix_own_dates_source_id ON own_dates (source_id);
CREATE INDEX ix_pictures_digest ON pictures (digest);
CREATE INDEX ix_operator_sessions_operator ON operator_sessions (operator);
CREATE INDEX ix_audit_at ON audit (at);
CREATE INDEX ix_corrections_event_id ON corrections (event_id);
CREATE INDEX ix_match_keys_key ON match_keys ("key");
CREATE INDEX ix_identities_founder ON identities (founder);
CREATE INDEX ix_identities_merged_into ON identities (merged_into);
CREATE INDEX ix_judged_suggestions_given_at ON judged_suggestions (given_at);
CREATE INDEX ix_judged_suggestions_initiative_id ON judged_suggestions (initiative_id);
CREATE INDEX ix_records_notices ON records (source_id) WHERE is_notice;
CREATE INDEX ix_saved_filters_initiative_id ON saved_filters (initiative_id);
CREATE INDEX ix_occurrences_shown ON occurrences (first_day, event_id, position, last_day, all_day, start_at, weekdays, start_minute);
CREATE INDEX ix_event_topics_event_id_topic ON event_topics (event_id, topic);
CREATE INDEX ix_event_initiatives_event_id_initiative ON event_initiatives (event_id, initiative);
CREATE INDEX ix_event_languages_event_id_language ON event_languages (event_id, language);
CREATE INDEX ix_feed_blocks_first_checksum_length ON feed_blocks (first, checksum, length);
CREATE INDEX ix_sources_next_at_active ON sources (next_at, active);
CREATE INDEX ix_sources_is_troubled ON sources (is_troubled);
COMMIT;
