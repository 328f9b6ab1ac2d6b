# SPDX-License-Identifier: BSD-2-Clause
#
# make            build everything below build/
# make run        install what is missing, build, start, send sample traffic
# make check      every test; ends with "N passed, N failed, N skipped"
# make lint       second compiler, format, static analysis
# make bench      ratios against peers         make faults    the long proof
# make fuzz       every reader, longer         make coverage  lines reached
# make docs       pages and API descriptions from the schemas: build/gen/doc
# make docs-edi   a reference page of each transaction set, build/gen/doc/edi
# make install    programs, modules, configuration below PREFIX
#
# SAN=1 builds the same below build/asan with ASan and UBSan.

ifeq ($(SAN),1)
B       := build/asan
OPT     := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined \
           -fno-sanitize-recover=undefined
else
B       := build
OPT     := -O2
endif

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:

build/config.mk: configure
	@mkdir -p build
	@./configure > build/configure.log || { cat build/configure.log; exit 2; }

-include build/config.mk

, := ,

WARN    := -Wall -Wextra -Wshadow -Wconversion -Wcast-qual \
           -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 -Werror
CFLAGS  := -std=c11 -D_GNU_SOURCE -g $(OPT) -fPIC $(WARN) -MMD -MP \
           -Isrc -I. $(LIB_CFLAGS) $(EXTRA_CFLAGS)
LDFLAGS := $(if $(filter 1,$(SAN)),-fsanitize=address$(,)undefined) \
           -Wl,-z,relro,-z,now

# -- rooms, by floor (tools/FLOORS); a program links what stands below it ----

FLOOR0 := base
FLOOR1 := tree crypt
FLOOR2 := format cel
FLOOR3 := canon auth
FLOOR4 := edi map route conf
FLOOR5 := bus store web
FLOOR6 := relay
FLOOR7 := daemon
ROOMS  := $(FLOOR7) $(FLOOR6) $(FLOOR5) $(FLOOR4) $(FLOOR3) $(FLOOR2) \
          $(FLOOR1) $(FLOOR0)

# What each floor's tests link: their own room, then every lower floor.
BELOW1 := $(FLOOR0)
BELOW2 := $(FLOOR1) $(BELOW1)
BELOW3 := $(FLOOR2) $(BELOW2)
BELOW4 := $(FLOOR3) $(BELOW3)
BELOW5 := $(FLOOR4) $(BELOW4)
BELOW6 := $(FLOOR5) $(BELOW5)
BELOW7 := $(FLOOR6) $(BELOW6)

SYSLIBS := $(CURL_LIBS) $(MHD_LIBS) $(SQLITE_LIBS) $(RABBITMQ_LIBS) \
           $(XML_LIBS) $(FYAML_LIBS) $(PCRE2_LIBS) $(ZLIB_LIBS) \
           $(OPENSSL_LIBS) -lpthread

lib = $(foreach r,$(1),$(B)/lib/lib$(r).a)

DESCRIPTORS := $(B)/lib/libdescriptors.a

define room
$(B)/lib/lib$(1).a: $$(patsubst %.c,$(B)/obj/%.o,$$(wildcard src/$(1)/*.c))
	@mkdir -p $$(@D)
	@rm -f $$@
	@ar rcs $$@ $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

$(B)/obj/%.o: %.c build/config.mk
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(CFLAGS) -c -o $@ $<

# -- programs ----------------------------------------------------------------

CONNECTORS := $(notdir $(patsubst %/main.c,%,$(wildcard connectors/*/main.c)))
SERVICES   := $(notdir $(patsubst %/main.c,%,$(wildcard services/*/main.c)))
DAEMONS    := $(addprefix xd-,$(CONNECTORS) $(SERVICES))
PROGRAMS   := $(DAEMONS) $(if $(wildcard cli/main.c),xd) \
              $(if $(wildcard t/sandbox/main.c),xd-sandbox)

# What the programs of a family share: a folder without a main.c.
shared = $(if $(filter connectors/x12 connectors/edifact,$(1)),connectors/edi)

# name, folder
define program
$(B)/bin/$(1): $$(patsubst %.c,$(B)/obj/%.o,\
    $$(wildcard $(addsuffix /*.c,$(2) $(call shared,$(2))))) \
    $(DESCRIPTORS) $(call lib,$(ROOMS))
	@mkdir -p $$(@D)
	@echo "  LD   $$@"
	@$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) $$(filter %.a,$$^) $$(SYSLIBS)
endef
$(foreach p,$(CONNECTORS),$(eval $(call program,xd-$(p),connectors/$(p))))
$(foreach p,$(SERVICES),$(eval $(call program,xd-$(p),services/$(p))))
$(eval $(call program,xd,cli))
$(eval $(call program,xd-sandbox,t/sandbox))

# -- what is generated from the schemas: pages, AsyncAPI, OpenAPI, OCEL -----------

$(eval $(call program,schemadoc,tools/schemadoc))

DOCS    := $(B)/gen/doc
SCHEMAS := $(wildcard canonical-schemas/*.json canonical-schemas/*/*.json \
               canonical-schemas/*/examples/typical.json)

$(DOCS).made: $(B)/bin/schemadoc $(SCHEMAS)
	@echo "  GEN  $(DOCS)"
	@$(B)/bin/schemadoc canonical-schemas $(DOCS)
	@touch $@

# -- what is generated for programs: the documents as tables of C ------------------

# The tool links no room above canon, and no room needs what it writes: only
# programs and tests link libdescriptors.
$(B)/bin/descriptor: $(B)/obj/tools/descriptor/main.o $(call lib,canon $(BELOW3))
	@mkdir -p $(@D)
	@echo "  LD   $@"
	@$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(SYSLIBS)

$(B)/gen/descriptors_table.c: $(B)/bin/descriptor $(SCHEMAS)
	@mkdir -p $(@D)
	@echo "  GEN  $@"
	@$(B)/bin/descriptor canonical-schemas $@

$(B)/obj/gen/descriptors_table.o: $(B)/gen/descriptors_table.c
	@mkdir -p $(@D)
	@echo "  CC   $<"
	@$(CC) $(CFLAGS) -c -o $@ $<

$(DESCRIPTORS): $(B)/obj/gen/descriptors_table.o
	@mkdir -p $(@D)
	@rm -f $@
	@ar rcs $@ $^

# -- nginx modules: one shared object, built by nginx's own configure ----------

MODULE      := $(B)/modules/ngx_http_xd_module.so
MODULE_LIBS := bus conf route auth canon cel format crypt tree base

$(MODULE): $(wildcard modules/*) tools/modules.sh $(call lib,$(MODULE_LIBS))
	@echo "  NGX  $@"
	@NGINX_SRC=$(NGINX_SRC) NGINX_SIGNATURE=$(NGINX_SIGNATURE) \
	    CC=$(CC) SAN=$(SAN) XD_INC="$(CURDIR)/src" \
	    XD_LIBS="$(addprefix $(CURDIR)/,$(call lib,$(MODULE_LIBS))) \
	        $(RABBITMQ_LIBS) $(FYAML_LIBS) $(PCRE2_LIBS) $(ZLIB_LIBS) \
	        $(OPENSSL_LIBS)" \
	    sh tools/modules.sh $(CURDIR)/modules $(CURDIR)/$@

# -- unit tests ----------------------------------------------------------------

UNITS := $(foreach s,$(wildcard t/unit/*/*_test.c),$(B)/$(s:.c=))

define unit
$(B)/t/unit/$(1)/%_test: $(B)/obj/t/unit/$(1)/%_test.o $(call lib,$(1) $(2))
	@mkdir -p $$(@D)
	@$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) $$(filter %.a,$$^) \
	    $$(SYSLIBS) $$(CHECK_LIBS)
endef
$(foreach f,1 2 3 4 5 6 7,$(foreach r,$(filter-out map,$(FLOOR$(f))),\
    $(eval $(call unit,$(r),$(BELOW$(f))))))
$(eval $(call unit,base,))
# Maps are held against the grammars of the room beside them.
$(eval $(call unit,map,edi $(BELOW4)))

# Those of what is generated.
$(foreach t,descriptor xml_form xsd,$(B)/t/unit/canon/$(t)_test): $(DESCRIPTORS)
$(B)/obj/t/unit/canon/xsd_test.o: CFLAGS += -DXD_GEN='"$(B)/gen"'
$(B)/t/unit/canon/xsd_test: $(DOCS).made

# Units of a connector or service test its own files but main.c, and what is
# shared but the daemon: they play its relay themselves.
define program_unit
$(B)/t/unit/$(1)/%_test: $(B)/obj/t/unit/$(1)/%_test.o \
    $$(patsubst %.c,$(B)/obj/%.o,$$(filter-out %/main.c %/daemon.c,\
        $$(wildcard $(addsuffix /*.c,$(2) $(call shared,$(2)))))) \
    $(DESCRIPTORS) $(call lib,$(ROOMS))
	@mkdir -p $$(@D)
	@$$(CC) $$(LDFLAGS) -o $$@ $$(filter %.o,$$^) $$(filter %.a,$$^) \
	    $$(SYSLIBS) $$(CHECK_LIBS)
endef
$(foreach p,$(CONNECTORS),$(eval $(call program_unit,$(p),connectors/$(p))))
$(foreach p,$(SERVICES),$(eval $(call program_unit,$(p),services/$(p))))
$(eval $(call program_unit,sandbox,t/sandbox))
$(eval $(call program_unit,cli,cli))

# -- reference pages of transaction sets, made from their tables -----------------

EDIPAGES := $(B)/bin/edipages

$(EDIPAGES): $(patsubst %.c,$(B)/obj/%.o,$(wildcard tools/edipages/*.c)) \
    $(call lib,edi $(BELOW4))
	@mkdir -p $(@D)
	@echo "  LD   $@"
	@$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(SYSLIBS)

$(DOCS)-edi.made: $(EDIPAGES)
	@echo "  GEN  $(DOCS)/edi"
	@mkdir -p $(DOCS)/edi
	@$(EDIPAGES) $(DOCS)/edi
	@touch $@

# -- benches: programs of t/bench ----------------------------------------------

# bench_json compares with libraries that nothing else needs.
BENCHES := $(foreach s,$(if $(BENCH_JSON_LIBS),$(wildcard t/bench/*.c),\
               $(filter-out %/bench_json.c,$(wildcard t/bench/*.c))),\
               $(B)/bin/$(basename $(notdir $(s))))

$(B)/bin/bench_json: SYSLIBS += $(BENCH_JSON_LIBS)

$(B)/bin/bench_%: $(B)/obj/t/bench/bench_%.o $(call lib,$(ROOMS))
	@mkdir -p $(@D)
	@$(CC) $(LDFLAGS) -o $@ $(filter %.o,$^) $(filter %.a,$^) $(SYSLIBS)

# -- what people call ------------------------------------------------------------

.PHONY: all run check lint bench faults fuzz coverage install clean \
        units programs modules docs docs-edi FORCE

all: programs modules docs
programs: $(addprefix $(B)/bin/,$(PROGRAMS))
modules: $(if $(wildcard modules/config),$(MODULE))
docs: $(DOCS).made docs-edi
docs-edi: $(DOCS)-edi.made
units: $(UNITS)

run:
	@sh tools/run.sh

check:
	@sh tools/check.sh

lint:
	@sh tools/lint.sh

bench: all $(BENCHES)
	@sh t/bench/run.sh

bench-%: all $(BENCHES)
	@sh t/bench/run.sh $*

faults: all
	@perl t/lib/run.pl 1 $(sort $(filter-out %/proof.t,$(wildcard t/faults/*.t)))
	@XD_LONG=1 perl -w t/faults/proof.t

fuzz:
	@sh tools/fuzz.sh

coverage:
	@sh tools/coverage.sh

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/lib/crossdock \
	    $(DESTDIR)$(PREFIX)/lib/systemd/system \
	    $(DESTDIR)$(PREFIX)/share/crossdock $(DESTDIR)$(PREFIX)/share/doc/crossdock
	install $(filter-out %xd-sandbox,$(addprefix $(B)/bin/,$(PROGRAMS))) \
	    $(DESTDIR)$(PREFIX)/bin
	install -m 644 $(MODULE) $(DESTDIR)$(PREFIX)/lib/crossdock
	cp -R conf/systemd/. $(DESTDIR)$(PREFIX)/lib/systemd/system
	cp -R conf canonical-schemas $(DESTDIR)$(PREFIX)/share/crossdock
	install -m 644 README.md docs/*.md $(DESTDIR)$(PREFIX)/share/doc/crossdock
	cp -R $(DOCS)/. $(DESTDIR)$(PREFIX)/share/doc/crossdock

clean:
	rm -rf build

-include $(shell find $(B)/obj -name '*.d' 2>/dev/null)
