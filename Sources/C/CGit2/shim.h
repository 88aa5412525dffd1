#pragma once
// Declarations alone: the library is opened when git is first needed, so nothing here may refer to one of its
// symbols. Loading it at every start would cost as much as a small command.
#include <dlfcn.h>
#include <git2.h>
#include <git2/sys/credential.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/transport.h>

// C finds a subtransport and its streams by the address of their first member.
struct cgit2_subtransport {
    git_smart_subtransport parent;
    void *exchange;
};
struct cgit2_stream {
    git_smart_subtransport_stream parent;
    void *exchange;
};
// The same for a store of objects, and for the pack that is written into it.
struct cgit2_pack_backend {
    git_odb_backend parent;
    void *owner;
};
struct cgit2_writepack {
    git_odb_writepack parent;
    void *receiver;
};

// In the global scope, where `cgit2_open` puts the library: RTLD_DEFAULT, which needs _GNU_SOURCE.
static inline void *cgit2_symbol(const char *name) { return dlsym((void *)0, name); }

#define CGIT2(name)                                                                                          \
    (__extension__({                                                                                         \
        static void *found;                                                                                  \
        void *function = __atomic_load_n(&found, __ATOMIC_RELAXED);                                          \
        if (!function) {                                                                                     \
            function = cgit2_symbol(#name);                                                                  \
            __atomic_store_n(&found, function, __ATOMIC_RELAXED);                                            \
        }                                                                                                    \
        (__typeof__(&name))function;                                                                         \
    }))

// git_libgit2_opts is variadic, which Swift cannot call.
static inline int cgit2_set_search_path(git_config_level_t level, const char *path) {
    return CGIT2(git_libgit2_opts)(GIT_OPT_SET_SEARCH_PATH, level, path);
}
static inline int cgit2_set_int(git_libgit2_opt_t option, int value) {
    return CGIT2(git_libgit2_opts)(option, value);
}

// Functions of libgit2, each looked up when it is first called.
static inline void cgit2_blob_free(git_blob *blob) { CGIT2(git_blob_free)(blob); }
static inline int cgit2_blob_lookup(git_blob **blob, git_repository *repo, const git_oid *id) { return CGIT2(git_blob_lookup)(blob, repo, id); }
static inline const void *cgit2_blob_rawcontent(const git_blob *blob) { return CGIT2(git_blob_rawcontent)(blob); }
static inline git_object_size_t cgit2_blob_rawsize(const git_blob *blob) { return CGIT2(git_blob_rawsize)(blob); }
static inline int cgit2_checkout_options_init(git_checkout_options *opts, unsigned int version) { return CGIT2(git_checkout_options_init)(opts, version); }
static inline int cgit2_checkout_tree(git_repository *repo, const git_object *treeish, const git_checkout_options *opts) { return CGIT2(git_checkout_tree)(repo, treeish, opts); }
static inline const git_signature *cgit2_commit_author(const git_commit *commit) { return CGIT2(git_commit_author)(commit); }
static inline const git_signature *cgit2_commit_committer(const git_commit *commit) { return CGIT2(git_commit_committer)(commit); }
static inline void cgit2_commit_free(git_commit *commit) { CGIT2(git_commit_free)(commit); }
static inline int cgit2_commit_lookup(git_commit **commit, git_repository *repo, const git_oid *id) { return CGIT2(git_commit_lookup)(commit, repo, id); }
static inline const char *cgit2_commit_message(const git_commit *commit) { return CGIT2(git_commit_message)(commit); }
static inline const git_oid *cgit2_commit_parent_id(const git_commit *commit, unsigned int n) { return CGIT2(git_commit_parent_id)(commit, n); }
static inline unsigned int cgit2_commit_parentcount(const git_commit *commit) { return CGIT2(git_commit_parentcount)(commit); }
static inline const git_oid *cgit2_commit_tree_id(const git_commit *commit) { return CGIT2(git_commit_tree_id)(commit); }
static inline int cgit2_config_delete_multivar(git_config *cfg, const char *name, const char *regexp) { return CGIT2(git_config_delete_multivar)(cfg, name, regexp); }
static inline void cgit2_config_free(git_config *cfg) { CGIT2(git_config_free)(cfg); }
static inline void cgit2_config_iterator_free(git_config_iterator *iter) { CGIT2(git_config_iterator_free)(iter); }
static inline int cgit2_config_iterator_new(git_config_iterator **out, const git_config *cfg) { return CGIT2(git_config_iterator_new)(out, cfg); }
static inline int cgit2_config_next(git_config_entry **entry, git_config_iterator *iter) { return CGIT2(git_config_next)(entry, iter); }
static inline int cgit2_config_open_ondisk(git_config **out, const char *path) { return CGIT2(git_config_open_ondisk)(out, path); }
static inline int cgit2_config_set_multivar(git_config *cfg, const char *name, const char *regexp, const char *value) { return CGIT2(git_config_set_multivar)(cfg, name, regexp, value); }
static inline int cgit2_config_set_string(git_config *cfg, const char *name, const char *value) { return CGIT2(git_config_set_string)(cfg, name, value); }
static inline int cgit2_credential_ssh_custom_new(git_credential **out, const char *username, const char *publickey, size_t publickey_len, git_credential_sign_cb sign_callback, void *payload) { return CGIT2(git_credential_ssh_custom_new)(out, username, publickey, publickey_len, sign_callback, payload); }
static inline int cgit2_credential_ssh_key_memory_new(git_credential **out, const char *username, const char *publickey, const char *privatekey, const char *passphrase) { return CGIT2(git_credential_ssh_key_memory_new)(out, username, publickey, privatekey, passphrase); }
static inline int cgit2_credential_username_new(git_credential **out, const char *username) { return CGIT2(git_credential_username_new)(out, username); }
static inline int cgit2_credential_userpass_plaintext_new(git_credential **out, const char *username, const char *password) { return CGIT2(git_credential_userpass_plaintext_new)(out, username, password); }
static inline void cgit2_error_clear(void) { CGIT2(git_error_clear)(); }
static inline const git_error *cgit2_error_last(void) { return CGIT2(git_error_last)(); }
static inline int cgit2_fetch_options_init(git_fetch_options *opts, unsigned int version) { return CGIT2(git_fetch_options_init)(opts, version); }
static inline int cgit2_index_add(git_index *index, const git_index_entry *source_entry) { return CGIT2(git_index_add)(index, source_entry); }
static inline size_t cgit2_index_entrycount(const git_index *index) { return CGIT2(git_index_entrycount)(index); }
static inline void cgit2_index_free(git_index *index) { CGIT2(git_index_free)(index); }
static inline const git_index_entry *cgit2_index_get_byindex(git_index *index, size_t n) { return CGIT2(git_index_get_byindex)(index, n); }
static inline const git_index_entry *cgit2_index_get_bypath(git_index *index, const char *path, int stage) { return CGIT2(git_index_get_bypath)(index, path, stage); }
static inline int cgit2_index_new(git_index **out) { return CGIT2(git_index_new)(out); }
static inline int cgit2_index_read(git_index *index, int force) { return CGIT2(git_index_read)(index, force); }
static inline int cgit2_index_read_tree(git_index *index, const git_tree *tree) { return CGIT2(git_index_read_tree)(index, tree); }
static inline int cgit2_index_write(git_index *index) { return CGIT2(git_index_write)(index); }
static inline int cgit2_indexer_append(git_indexer *idx, const void *data, size_t size, git_indexer_progress *stats) { return CGIT2(git_indexer_append)(idx, data, size, stats); }
static inline int cgit2_indexer_commit(git_indexer *idx, git_indexer_progress *stats) { return CGIT2(git_indexer_commit)(idx, stats); }
static inline void cgit2_indexer_free(git_indexer *idx) { CGIT2(git_indexer_free)(idx); }
static inline int cgit2_indexer_new(git_indexer **out, const char *path, unsigned int mode, git_odb *odb, git_indexer_options *opts) { return CGIT2(git_indexer_new)(out, path, mode, odb, opts); }
static inline int cgit2_indexer_options_init(git_indexer_options *opts, unsigned int version) { return CGIT2(git_indexer_options_init)(opts, version); }
static inline int cgit2_libgit2_init(void) { return CGIT2(git_libgit2_init)(); }
static inline void cgit2_object_free(git_object *object) { CGIT2(git_object_free)(object); }
static inline const git_oid *cgit2_object_id(const git_object *obj) { return CGIT2(git_object_id)(obj); }
static inline int cgit2_object_lookup(git_object **object, git_repository *repo, const git_oid *id, git_object_t type) { return CGIT2(git_object_lookup)(object, repo, id, type); }
static inline int cgit2_object_peel(git_object **peeled, const git_object *object, git_object_t target_type) { return CGIT2(git_object_peel)(peeled, object, target_type); }
static inline int cgit2_odb_add_backend(git_odb *odb, git_odb_backend *backend, int priority) { return CGIT2(git_odb_add_backend)(odb, backend, priority); }
static inline int cgit2_odb_exists(git_odb *db, const git_oid *id) { return CGIT2(git_odb_exists)(db, id); }
static inline void cgit2_odb_free(git_odb *db) { CGIT2(git_odb_free)(db); }
static inline int cgit2_odb_hash(git_oid *out, const void *data, size_t len, git_object_t type) { return CGIT2(git_odb_hash)(out, data, len, type); }
static inline int cgit2_odb_init_backend(git_odb_backend *backend, unsigned int version) { return CGIT2(git_odb_init_backend)(backend, version); }
static inline int cgit2_odb_refresh(struct git_odb *db) { return CGIT2(git_odb_refresh)(db); }
static inline int cgit2_oid_fmt(char *out, const git_oid *id) { return CGIT2(git_oid_fmt)(out, id); }
static inline int cgit2_oid_fromstr(git_oid *out, const char *str) { return CGIT2(git_oid_fromstr)(out, str); }
static inline int cgit2_reference_create(git_reference **out, git_repository *repo, const char *name, const git_oid *id, int force, const char *log_message) { return CGIT2(git_reference_create)(out, repo, name, id, force, log_message); }
static inline void cgit2_reference_free(git_reference *ref) { CGIT2(git_reference_free)(ref); }
static inline int cgit2_reference_list(git_strarray *array, git_repository *repo) { return CGIT2(git_reference_list)(array, repo); }
static inline int cgit2_reference_lookup(git_reference **out, git_repository *repo, const char *name) { return CGIT2(git_reference_lookup)(out, repo, name); }
static inline int cgit2_reference_name_to_id(git_oid *out, git_repository *repo, const char *name) { return CGIT2(git_reference_name_to_id)(out, repo, name); }
static inline int cgit2_reference_symbolic_create(git_reference **out, git_repository *repo, const char *name, const char *target, int force, const char *log_message) { return CGIT2(git_reference_symbolic_create)(out, repo, name, target, force, log_message); }
static inline const char *cgit2_reference_symbolic_target(const git_reference *ref) { return CGIT2(git_reference_symbolic_target)(ref); }
static inline int cgit2_remote_connect(git_remote *remote, git_direction direction, const git_remote_callbacks *callbacks, const git_proxy_options *proxy_opts, const git_strarray *custom_headers) { return CGIT2(git_remote_connect)(remote, direction, callbacks, proxy_opts, custom_headers); }
static inline int cgit2_remote_create_anonymous(git_remote **out, git_repository *repo, const char *url) { return CGIT2(git_remote_create_anonymous)(out, repo, url); }
static inline int cgit2_remote_create_with_fetchspec(git_remote **out, git_repository *repo, const char *name, const char *url, const char *fetch) { return CGIT2(git_remote_create_with_fetchspec)(out, repo, name, url, fetch); }
static inline int cgit2_remote_disconnect(git_remote *remote) { return CGIT2(git_remote_disconnect)(remote); }
static inline int cgit2_remote_download(git_remote *remote, const git_strarray *refspecs, const git_fetch_options *opts) { return CGIT2(git_remote_download)(remote, refspecs, opts); }
static inline void cgit2_remote_free(git_remote *remote) { CGIT2(git_remote_free)(remote); }
static inline int cgit2_remote_init_callbacks(git_remote_callbacks *opts, unsigned int version) { return CGIT2(git_remote_init_callbacks)(opts, version); }
static inline int cgit2_remote_lookup(git_remote **out, git_repository *repo, const char *name) { return CGIT2(git_remote_lookup)(out, repo, name); }
static inline int cgit2_remote_ls(const git_remote_head ***out, size_t *size, git_remote *remote) { return CGIT2(git_remote_ls)(out, size, remote); }
static inline const char *cgit2_remote_url(const git_remote *remote) { return CGIT2(git_remote_url)(remote); }
static inline int cgit2_repository_config(git_config **out, git_repository *repo) { return CGIT2(git_repository_config)(out, repo); }
static inline void cgit2_repository_free(git_repository *repo) { CGIT2(git_repository_free)(repo); }
static inline int cgit2_repository_index(git_index **out, git_repository *repo) { return CGIT2(git_repository_index)(out, repo); }
static inline int cgit2_repository_init_ext(git_repository **out, const char *repo_path, git_repository_init_options *opts) { return CGIT2(git_repository_init_ext)(out, repo_path, opts); }
static inline int cgit2_repository_init_options_init(git_repository_init_options *opts, unsigned int version) { return CGIT2(git_repository_init_options_init)(opts, version); }
static inline int cgit2_repository_odb(git_odb **out, git_repository *repo) { return CGIT2(git_repository_odb)(out, repo); }
static inline int cgit2_repository_open_ext(git_repository **out, const char *path, unsigned int flags, const char *ceiling_dirs) { return CGIT2(git_repository_open_ext)(out, path, flags, ceiling_dirs); }
static inline const char *cgit2_repository_path(const git_repository *repo) { return CGIT2(git_repository_path)(repo); }
static inline int cgit2_repository_set_head(git_repository *repo, const char *refname) { return CGIT2(git_repository_set_head)(repo, refname); }
static inline int cgit2_repository_set_head_detached(git_repository *repo, const git_oid *committish) { return CGIT2(git_repository_set_head_detached)(repo, committish); }
static inline const char *cgit2_repository_workdir(const git_repository *repo) { return CGIT2(git_repository_workdir)(repo); }
static inline int cgit2_revparse_single(git_object **out, git_repository *repo, const char *spec) { return CGIT2(git_revparse_single)(out, repo, spec); }
static inline void cgit2_revwalk_free(git_revwalk *walk) { CGIT2(git_revwalk_free)(walk); }
static inline int cgit2_revwalk_new(git_revwalk **out, git_repository *repo) { return CGIT2(git_revwalk_new)(out, repo); }
static inline int cgit2_revwalk_next(git_oid *out, git_revwalk *walk) { return CGIT2(git_revwalk_next)(out, walk); }
static inline int cgit2_revwalk_push(git_revwalk *walk, const git_oid *id) { return CGIT2(git_revwalk_push)(walk, id); }
static inline int cgit2_revwalk_sorting(git_revwalk *walk, unsigned int sort_mode) { return CGIT2(git_revwalk_sorting)(walk, sort_mode); }
static inline void cgit2_strarray_dispose(git_strarray *array) { CGIT2(git_strarray_dispose)(array); }
static inline void cgit2_submodule_free(git_submodule *submodule) { CGIT2(git_submodule_free)(submodule); }
static inline int cgit2_submodule_lookup(git_submodule **out, git_repository *repo, const char *name) { return CGIT2(git_submodule_lookup)(out, repo, name); }
static inline int cgit2_submodule_open(git_repository **repo, git_submodule *submodule) { return CGIT2(git_submodule_open)(repo, submodule); }
static inline int cgit2_submodule_update(git_submodule *submodule, int init, git_submodule_update_options *options) { return CGIT2(git_submodule_update)(submodule, init, options); }
static inline int cgit2_submodule_update_options_init(git_submodule_update_options *opts, unsigned int version) { return CGIT2(git_submodule_update_options_init)(opts, version); }
static inline const char *cgit2_submodule_url(git_submodule *submodule) { return CGIT2(git_submodule_url)(submodule); }
static inline int cgit2_transport_smart(git_transport **out, git_remote *owner, void *payload) { return CGIT2(git_transport_smart)(out, owner, payload); }
static inline int cgit2_tree_entry_bypath(git_tree_entry **out, const git_tree *root, const char *path) { return CGIT2(git_tree_entry_bypath)(out, root, path); }
static inline void cgit2_tree_entry_free(git_tree_entry *entry) { CGIT2(git_tree_entry_free)(entry); }
static inline const git_oid *cgit2_tree_entry_id(const git_tree_entry *entry) { return CGIT2(git_tree_entry_id)(entry); }
static inline git_object_t cgit2_tree_entry_type(const git_tree_entry *entry) { return CGIT2(git_tree_entry_type)(entry); }
static inline void cgit2_tree_free(git_tree *tree) { CGIT2(git_tree_free)(tree); }
static inline int cgit2_tree_lookup(git_tree **out, git_repository *repo, const git_oid *id) { return CGIT2(git_tree_lookup)(out, repo, id); }

// What `cgit2_open` makes sure of.
static inline const char *cgit2_open(const char *name) {
    static const char *const names[] = {
        "git_blob_free", "git_blob_lookup", "git_blob_rawcontent", "git_blob_rawsize",
        "git_checkout_options_init", "git_checkout_tree", "git_commit_author", "git_commit_committer",
        "git_commit_free", "git_commit_lookup", "git_commit_message", "git_commit_parent_id",
        "git_commit_parentcount", "git_commit_tree_id", "git_config_delete_multivar", "git_config_free",
        "git_config_iterator_free", "git_config_iterator_new", "git_config_next", "git_config_open_ondisk",
        "git_config_set_multivar", "git_config_set_string", "git_credential_ssh_custom_new",
        "git_credential_ssh_key_memory_new",
        "git_credential_username_new", "git_credential_userpass_plaintext_new", "git_error_clear",
        "git_error_last", "git_fetch_options_init", "git_index_add", "git_index_entrycount",
        "git_index_free", "git_index_get_byindex", "git_index_get_bypath", "git_index_new",
        "git_index_read", "git_index_read_tree", "git_index_write", "git_indexer_append", "git_indexer_commit",
        "git_indexer_free", "git_indexer_new", "git_indexer_options_init", "git_libgit2_init",
        "git_odb_add_backend", "git_odb_hash", "git_odb_init_backend", "git_object_free",
        "git_object_id", "git_object_lookup", "git_object_peel", "git_odb_exists", "git_odb_free",
        "git_odb_refresh", "git_oid_fmt", "git_oid_fromstr", "git_reference_create", "git_reference_free",
        "git_reference_list", "git_reference_lookup", "git_reference_name_to_id",
        "git_reference_symbolic_create", "git_reference_symbolic_target", "git_remote_connect",
        "git_remote_create_anonymous", "git_remote_create_with_fetchspec", "git_remote_disconnect",
        "git_remote_download", "git_remote_free", "git_remote_init_callbacks", "git_remote_lookup",
        "git_remote_ls", "git_remote_url", "git_repository_config", "git_repository_free",
        "git_repository_index", "git_repository_init_ext", "git_repository_init_options_init",
        "git_repository_odb", "git_repository_open_ext", "git_repository_path", "git_repository_set_head",
        "git_repository_set_head_detached", "git_repository_workdir", "git_revparse_single",
        "git_revwalk_free", "git_revwalk_new", "git_revwalk_next", "git_revwalk_push",
        "git_revwalk_sorting", "git_strarray_dispose", "git_submodule_free", "git_submodule_lookup",
        "git_submodule_open", "git_submodule_update", "git_submodule_update_options_init",
        "git_submodule_url", "git_transport_smart", "git_tree_entry_bypath", "git_tree_entry_free",
        "git_tree_entry_id", "git_tree_entry_type", "git_tree_free", "git_tree_lookup", "git_libgit2_opts",
    };
    if (!dlopen(name, RTLD_NOW | RTLD_GLOBAL)) return dlerror();
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (!cgit2_symbol(names[i])) return names[i];
    return NULL;
}
